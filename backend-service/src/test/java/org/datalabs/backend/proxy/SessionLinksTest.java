package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.runtime.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the connections to a session, and of the memory that carries what comes over them. */
class SessionLinksTest {
    private static final String HEAD = " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: " + BEARER + "\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private Plane plane;
    private ServerSocket session;

    @BeforeEach
    void start() throws IOException {
        plane = new Plane();
        session = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        plane.web(new Endpoint.Tcp("127.0.0.1", session.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        session.close();
        pool.shutdownNow();
        plane.close();
    }

    /** Answers each head that comes, on as many connections as there are. */
    private void answer(String bytes) {
        pool.execute(() -> {
            try {
                while (true) {
                    Socket socket = session.accept();
                    connections.incrementAndGet();
                    pool.execute(() -> serve(socket, bytes));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    private static void serve(Socket socket, String bytes) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.append((char) next);
                if (seen.toString().endsWith("\r\n\r\n")) {
                    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    seen.setLength(0);
                }
            }
        } catch (IOException e) {
            // The proxy went first.
        }
    }

    private void ask(Wire wire, String method) throws IOException {
        assertThat(wire.send(method + " " + BASE + HEAD + "\n").readTo("ok")).contains(" 200 ");
    }

    @Test
    void keepsAConnectionForTheNextExchange() throws Exception {
        answer(OK);
        try (Wire wire = new Wire(plane.port)) {
            for (int i = 0; i < 5; i++) {
                ask(wire, "GET");
            }
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void doesNotKeepWhatTheSessionWantsClosed() throws Exception {
        answer(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        try (Wire wire = new Wire(plane.port)) {
            ask(wire, "GET");
            ask(wire, "POST");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void doesNotKeepWhatStillAwaitsABody() throws Exception {
        answer(OK);
        try (Wire wire = new Wire(plane.port)) {
            wire.send("POST " + BASE + HEAD + "Content-Length: 10\n\nabc").readTo("ok");
            // The client has all of its answer and says the rest, of which nobody must make a request.
            wire.send("defghij");
            ask(wire, "GET");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void memoryOfPiecesIsGivenBack() throws Exception {
        Buffer block = Buffer.buffer(new byte[8 << 20]);
        plane.web(plane.serve(request -> request.response().end(block)));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + BASE + HEAD + "Connection: close\n\n");
            assertThat(wire.rest()).hasSizeGreaterThan(block.length() - 1);
        }
        for (int i = 0; i < 10; i++) {
            try (Wire wire = new Wire(plane.port)) {
                wire.send("GET " + BASE + HEAD + "\n").head();
            }
        }
        Until.holds(() -> PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() == 0);
    }
}
