package org.datalabs.bench.launch;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.bench.measure.MeasurementException;

/** Asks a datalab's UNIX socket every 2 ms until it answers for the first time. */
final class SocketWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;

    private final Path socket;
    private final String question;
    private final String answer;
    private final CompletableFuture<Long> seen = new CompletableFuture<>();
    private volatile boolean closed;

    private SocketWatch(Path socket, String question, String answer) {
        this.socket = socket;
        this.question = question;
        this.answer = answer;
        Thread thread = new Thread(this::watch, "socket watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** The head of an answer to a GET of {@code target}. */
    static SocketWatch http(Path socket, String target) {
        return new SocketWatch(
                socket, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 ");
    }

    /** The greeting of RFC 6143, section 7.1.1. */
    static SocketWatch rfb(Path socket) {
        return new SocketWatch(socket, "", "RFB ");
    }

    private void watch() {
        while (!closed) {
            if (answers()) {
                seen.complete(System.nanoTime());
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            ByteBuffer beginning = ByteBuffer.allocate(answer.length());
            while (beginning.hasRemaining()) {
                if (channel.read(beginning) < 0) {
                    return false;
                }
            }
            return new String(beginning.array(), StandardCharsets.US_ASCII).equals(answer);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** When it answered, of {@link System#nanoTime}. */
    long await(Duration patience) {
        try {
            return seen.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new MeasurementException("The datalab did not answer within " + patience.toSeconds() + " s.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
