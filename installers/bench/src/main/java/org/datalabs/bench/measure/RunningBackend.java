package org.datalabs.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.core.client.DatazoneClient;

/** A backend process as the app starts it. */
public final class RunningBackend implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SOCKET_PATIENCE_MILLIS = 20_000;

    private final Child child;
    private final String token;
    private final int port;

    private RunningBackend(Child child, String token, int port) {
        this.child = child;
        this.token = token;
        this.port = port;
    }

    /**
     * Starts one and waits until it says that it serves.
     *
     * @param state its folder
     * @param log gets its standard error
     * @param more arguments
     */
    public static RunningBackend start(Program program, Path state, Path log, String... more) {
        List<String> words = new ArrayList<>(program.java());
        words.addAll(List.of(
                "-Xlog:disable", "-Xlog:all=error:stderr", "-jar", program.jar().toString()));
        words.addAll(List.of("--embedded", "--state", state.toString()));
        words.addAll(List.of(more));
        String token = UUID.randomUUID().toString();
        Child child = Child.start(new ProcessBuilder(words), log);
        try {
            child.input().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
            child.input().flush();
            Matcher port = PORT.matcher(child.await("{\"ready\":true", PATIENCE));
            if (!port.find()) {
                throw new MeasurementException("The backend told no port.");
            }
            return new RunningBackend(child, token, Integer.parseInt(port.group(1)));
        } catch (IOException e) {
            child.close();
            throw new MeasurementException("The backend ended at once.", e);
        } catch (MeasurementException e) {
            child.close();
            throw e;
        }
    }

    public Child child() {
        return child;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The bearer token; a secret. */
    public String token() {
        return token;
    }

    public DatazoneClient client() {
        return new DatazoneClient(address(), () -> Optional.of(token));
    }

    /** Asks once, with as little of a client as there can be, and returns when the first byte of a 200 is there. */
    public void answerOnce(String path) {
        ask(port, path);
    }

    /** As {@link #answerOnce} for any server on this machine. */
    public static void ask(int port, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SOCKET_PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            if (!status.endsWith(" 200")) {
                throw new MeasurementException("It answered \"" + status + "\" to " + path + ".");
            }
        } catch (IOException e) {
            throw new MeasurementException("It does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.closeByInput();
    }
}
