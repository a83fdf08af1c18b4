package org.datalabs.backend.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.Endpoint;

/** An RFB server that lets everybody in and then does what a test makes of its connections. */
final class FakeDesktop implements AutoCloseable {
    private static final String VERSION = "RFB 003.008\n";

    private final ServerSocket server;

    FakeDesktop() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    Endpoint endpoint() {
        return new Endpoint.Tcp("127.0.0.1", server.getLocalPort());
    }

    /** The next client, once it is logged in; from another thread, as it comes while the test connects. */
    CompletableFuture<Socket> client() {
        return CompletableFuture.supplyAsync(this::accept);
    }

    static Socket of(CompletableFuture<Socket> client) throws Exception {
        return client.get(10, TimeUnit.SECONDS);
    }

    private Socket accept() {
        try {
            Socket socket = server.accept();
            InputStream in = socket.getInputStream();
            write(socket, VERSION.getBytes(StandardCharsets.US_ASCII));
            in.readNBytes(VERSION.length());
            write(socket, new byte[] {1, 1});
            in.readNBytes(1);
            write(socket, new byte[4]);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
