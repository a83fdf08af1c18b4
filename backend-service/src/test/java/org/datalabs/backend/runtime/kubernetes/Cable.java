package org.datalabs.backend.runtime.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to a server through this machine, which can be made to carry nothing without being closed. */
final class Cable implements AutoCloseable {
    private final URI server;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Connections made before this count carry nothing any more. */
    private volatile int mutedBelow;

    private final AtomicInteger count = new AtomicInteger();

    Cable(URI server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String address() {
        return "https://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on all connections that are open carry nothing; new ones do. */
    void mute() {
        mutedBelow = count.get() + 1;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                Socket far = new Socket(server.getHost(), server.getPort());
                int number = count.incrementAndGet();
                open.add(near);
                open.add(far);
                threads.execute(() -> carry(near, far, number));
                threads.execute(() -> carry(far, near, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void carry(Socket from, Socket to, int number) {
        byte[] buffer = new byte[16_384];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (number >= mutedBelow) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }
}
