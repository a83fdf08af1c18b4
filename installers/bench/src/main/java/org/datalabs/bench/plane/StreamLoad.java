package org.datalabs.bench.plane;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Runs;

/** Clients of WebSockets, one thread each, with as little in them as there can be (RFC 6455). */
final class StreamLoad {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int FIRST_NOT_COUNTED = 200;
    private static final int SMALL = 64;
    private static final byte ECHO = 'e';
    private static final byte POUR = 'p';

    private final Contender proxy;
    private final String path;
    private final boolean rfb;

    /**
     * Clients of one address.
     *
     * @param rfb whether the stream opens with RFB's handshake
     */
    StreamLoad(Contender proxy, String path, boolean rfb) {
        this.proxy = proxy;
        this.path = path;
        this.rfb = rfb;
    }

    /**
     * What was seen there and back.
     *
     * @param perSecond round trips of all clients together
     * @param p99Millis within which 99 of 100 were back
     */
    record RoundTrips(double perSecond, double p99Millis) {}

    /** Sends small messages one after the other. */
    RoundTrips echo(int clients, int seconds) throws IOException, InterruptedException {
        List<List<Long>> all = together(clients, () -> echoes(seconds));
        Runs times = new Runs();
        all.forEach(each -> each.forEach(times::addNanos));
        double count = all.stream().mapToInt(List::size).sum();
        return new RoundTrips(count / seconds, times.quantile(0.99));
    }

    /** Reads what is poured, in 10⁶ bytes per second of all clients together. */
    double pour(int clients, int seconds) throws IOException, InterruptedException {
        return together(clients, () -> List.of(poured(seconds))).stream()
                        .mapToLong(each -> each.get(0))
                        .sum()
                / 1e6
                / seconds;
    }

    private interface Client {
        List<Long> run() throws IOException;
    }

    private List<List<Long>> together(int clients, Client client) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(pool.submit(client::run));
            }
            List<List<Long>> results = new ArrayList<>();
            for (Future<List<Long>> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new MeasurementException("A stream of " + proxy.name() + " broke: " + e.getMessage(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Long> echoes(int seconds) throws IOException {
        try (Socket socket = open()) {
            InputStream in = enter(socket, ECHO);
            byte[] frame = masked(new byte[SMALL]);
            byte[] back = new byte[rfb ? 2 + SMALL : frame.length];
            List<Long> times = new ArrayList<>();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            long sent = System.nanoTime();
            for (int i = 0; sent < end; i++) {
                socket.getOutputStream().write(frame);
                if (in.readNBytes(back, 0, back.length) < back.length) {
                    throw new IOException(proxy.name() + " closed the stream");
                }
                long now = System.nanoTime();
                if (i >= FIRST_NOT_COUNTED) {
                    times.add(now - sent);
                }
                sent = now;
            }
            return times;
        }
    }

    private long poured(int seconds) throws IOException {
        try (Socket socket = open()) {
            InputStream in = enter(socket, POUR);
            byte[] buffer = new byte[256 * 1024];
            long total = 0;
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                int count = in.read(buffer);
                if (count < 0) {
                    throw new IOException(proxy.name() + " closed the stream");
                }
                total += count;
            }
            return total;
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private InputStream enter(Socket socket, byte wish) throws IOException {
        String cookie = proxy.cookie().map(value -> "Cookie: " + value + "\r\n").orElse("");
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + proxy.port()
                                + "\r\nOrigin: http://127.0.0.1:" + proxy.port() + "\r\n" + cookie
                                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Protocol: binary\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream(), 256 * 1024);
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(
                    proxy.name() + " answered " + head.lines().findFirst().orElse(""));
        }
        if (rfb) {
            handshake(socket, in, wish);
        }
        return in;
    }

    private static void handshake(Socket socket, InputStream in, byte wish) throws IOException {
        byte[] version = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
        payload(in, version.length);
        socket.getOutputStream().write(masked(version));
        payload(in, 2);
        socket.getOutputStream().write(masked(new byte[] {1}));
        payload(in, 4);
        socket.getOutputStream().write(masked(new byte[] {wish}));
    }

    /** Reads so many bytes in whatever frames, none of them long. */
    private static void payload(InputStream in, int count) throws IOException {
        int left = count;
        while (left > 0) {
            in.read();
            left -= in.readNBytes(in.read()).length;
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed before its answer");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** A binary frame of less than 126 bytes under a mask of zeros. */
    private static byte[] masked(byte[] payload) {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }
}
