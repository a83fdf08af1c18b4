package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.datalabs.backend.proxy.Plane.ADA;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;
import static org.datalabs.backend.proxy.Plane.SESSION;
import static org.datalabs.backend.proxy.Plane.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.datalabs.backend.runtime.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets between a client and a session. */
class WebSocketTest {
    private final BlockingQueue<ServerWebSocket> accepted = new LinkedBlockingQueue<>();
    private static final long MOST_ON_THE_WAY = 32L << 20;
    private static final long MOST_FOR_ONE = 100_000;
    private static final long TICKS_PER_SECOND = 100;
    private static final Buffer BLOCK = Buffer.buffer(new byte[32 * 1024]);

    private final AtomicLong sent = new AtomicLong();
    private Plane plane;
    private WebSocketClient client;

    @BeforeEach
    void start() {
        plane = new Plane();
        client = plane.vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(5000).setTryUsePerMessageCompression(true));
        HttpServer upstream = await(plane.vertx
                .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("v1.kernel"))
                .webSocketHandler(socket -> {
                    accepted.add(socket);
                    socket.textMessageHandler(text -> socket.writeTextMessage(socket.uri() + " " + text));
                    if (socket.uri().endsWith("pour")) {
                        pour(socket);
                    }
                })
                .listen(0, "127.0.0.1"));
        plane.web(new Endpoint.Tcp("127.0.0.1", upstream.actualPort()));
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private WebSocketConnectOptions to(String path) {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(plane.port)
                .setURI(path);
    }

    private Future<WebSocket> open(WebSocketConnectOptions options) {
        return client.connect(options.setAllowOriginHeader(
                options.getHeaders() != null && options.getHeaders().contains("Origin")));
    }

    private Future<WebSocket> open() {
        return open(to(BASE + "ws").putHeader("Authorization", BEARER));
    }

    private String origin() {
        return "http://127.0.0.1:" + plane.port;
    }

    private static void refused(Future<WebSocket> attempt, int status) {
        assertThatThrownBy(() -> await(attempt))
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refusal -> assertThat(refusal.getStatus())
                        .isEqualTo(status));
    }

    @Test
    void carriesMessagesSubprotocolsAndCloseCodes() throws Exception {
        WebSocket socket = await(
                open(to(BASE + "ws?x=1").putHeader("Authorization", BEARER).addSubProtocol("v1.kernel")));
        assertThat(socket.subProtocol()).isEqualTo("v1.kernel");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        socket.textMessageHandler(heard::add);
        socket.writeTextMessage("hello");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(BASE + "ws?x=1 hello");
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        assertThat(session.headers().get("Authorization")).isNull();
        session.close((short) 4321, "because");
        Until.holds(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 4321);
        assertThat(socket.closeReason()).isEqualTo("because");
        assertThat(plane.sessions.uses.get()).isPositive();
    }

    @Test
    void onlyMessagesOfTheClientAreUse() throws Exception {
        WebSocket socket = await(open());
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        BlockingQueue<Buffer> pongs = new LinkedBlockingQueue<>();
        session.pongHandler(pongs::add);
        int opened = plane.sessions.uses.get();
        session.writePing(Buffer.buffer("there?"));
        assertThat(pongs.poll(10, TimeUnit.SECONDS)).isEqualTo(Buffer.buffer("there?"));
        BlockingQueue<Buffer> answers = new LinkedBlockingQueue<>();
        socket.pongHandler(answers::add);
        socket.writePing(Buffer.buffer("and there?"));
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(Buffer.buffer("and there?"));
        assertThat(plane.sessions.uses.get()).isEqualTo(opened);

        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        socket.textMessageHandler(heard::add);
        socket.writeTextMessage("hello");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).endsWith("hello");
        assertThat(plane.sessions.uses.get()).isEqualTo(opened + 1);
    }

    @Test
    void endsAtOnceWhenItsUserIsRemoved() throws Exception {
        WebSocket hers = await(open());
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();

        plane.dataPlane.drop(Plane.BOB);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        hers.textMessageHandler(heard::add);
        hers.writeTextMessage("still there");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).endsWith("still there");

        plane.dataPlane.drop(ADA);
        Until.holds(hers::isClosed);
        Until.holds(session::isClosed);
    }

    @Test
    void takesBrowsersByCookieFromOwnOriginOnly() {
        String cookie = plane.cookie();
        await(open(to(BASE).putHeader("Cookie", cookie).putHeader("Origin", origin())));
        refused(open(to(BASE).putHeader("Cookie", cookie)), 403);
        refused(open(to(BASE).putHeader("Cookie", cookie).putHeader("Origin", "http://127.0.0.1:1")), 403);
        // Something before the datazone may have taken HTTPS off.
        await(open(to(BASE).putHeader("Cookie", cookie).putHeader("Origin", "https://127.0.0.1:" + plane.port)));
        refused(open(to(BASE).putHeader("Cookie", cookie).putHeader("Origin", "https://127.0.0.1:1")), 403);
        refused(open(to(BASE).putHeader("Cookie", cookie).putHeader("Origin", "null")), 403);
        refused(open(to(BASE).putHeader("Authorization", BEARER).putHeader("Origin", "http://evil.example")), 403);
        refused(open(to(BASE)), 404);
        refused(open(to("/s/zzzzzzzzzzzzzzzz/").putHeader("Authorization", BEARER)), 404);
    }

    @Test
    void ticketAdmitsOneWebSocket() throws Exception {
        String path = plane.admissions.issue(SESSION, ADA, false).path();
        await(open(to(path)));
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        assertThat(session.uri()).isEqualTo(BASE);
        refused(open(to(path)), 403);
    }

    @Test
    void refusalOfTheSessionComesBack() {
        plane.web(plane.serve(request -> request.response().setStatusCode(418).end("no")));
        refused(open(), 418);
    }

    @Test
    void deadSessionIsUnreachable() {
        plane.web(new Endpoint.Tcp("127.0.0.1", 1));
        refused(open(), 502);
    }

    @Test
    void endOfEitherSideEndsTheOther() throws Exception {
        WebSocket first = await(open());
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        first.close();
        Until.holds(session::isClosed);

        WebSocket second = await(open());
        ServerWebSocket other = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(other).isNotNull();
        plane.vertx.runOnContext(run -> other.close());
        Until.holds(second::isClosed);
    }

    @Test
    void abruptEndOfTheClientEndsTheSessionsSide() throws Exception {
        handshake(BASE).close();
        ServerWebSocket session = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        Until.holds(session::isClosed);
    }

    private Wire handshake(String path) throws IOException {
        Wire wire = new Wire(plane.port);
        wire.send("GET " + path + " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: " + BEARER
                + "\nConnection: keep-alive, Upgrade\nUpgrade: WebSocket\nSec-WebSocket-Version: 13\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n");
        assertThat(wire.head()).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return wire;
    }

    @Test
    void stalledClientHoldsTheSessionBackInsteadOfFillingTheHeap() throws Exception {
        try (Wire wire = handshake(BASE + "pour")) {
            assertThat(Until.stands(sent::get)).isLessThan(MOST_ON_THE_WAY);
            byte[] buffer = new byte[1 << 20];
            long received = 0;
            while (received < (256L << 20)) {
                received += wire.socket.getInputStream().read(buffer);
                assertThat(sent.get() - received).isLessThan(MOST_ON_THE_WAY);
            }
        }
    }

    @Test
    void stalledSessionHoldsTheClientBack() throws Exception {
        try (ServerSocket session = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plane.web(new Endpoint.Tcp("127.0.0.1", session.getLocalPort()));
            Thread deaf = new Thread(() -> agreeAndListenNoMore(session));
            deaf.start();
            try (Wire wire = handshake(BASE)) {
                Thread writer = new Thread(() -> {
                    try {
                        while (true) {
                            wire.socket.getOutputStream().write(BLOCK.getBytes());
                            sent.addAndGet(BLOCK.length());
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                });
                writer.start();
                assertThat(Until.stands(sent::get)).isLessThan(MOST_ON_THE_WAY);
            }
            deaf.join();
            // The session will never read what is left for it: only force ends this.
            plane.dataPlane.close();
            Until.holds(() -> plane.dataPlane.openStreams() == 0);
        }
    }

    private static void agreeAndListenNoMore(ServerSocket session) {
        try {
            agree(session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket agree(ServerSocket session) throws IOException {
        Socket socket = session.accept();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        socket.getOutputStream().write("""
                            HTTP/1.1 101 Switching Protocols
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

                            """.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** Sends without end, as fast as it is let; on the event loop of the socket. */
    private void pour(WebSocketBase socket) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            socket.drainHandler(drained -> pour(socket));
        } else {
            socket.writeBinaryMessage(BLOCK);
            sent.addAndGet(BLOCK.length());
            plane.vertx.runOnContext(next -> pour(socket));
        }
    }

    @Test
    void lastBytesOfASessionThatClosesArrive() throws Exception {
        byte[] last = new byte[1 << 20];
        try (ServerSocket session = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plane.web(new Endpoint.Tcp("127.0.0.1", session.getLocalPort()));
            Thread closing = new Thread(() -> {
                try (Socket socket = agree(session)) {
                    socket.getOutputStream().write(last);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            closing.start();
            try (Wire wire = handshake(BASE)) {
                assertThat(wire.rest()).hasSize(last.length);
            }
            closing.join();
        }
    }

    @Test
    void lastBytesOfAClientThatClosesArrive() throws Exception {
        byte[] last = new byte[1 << 20];
        try (ServerSocket session = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plane.web(new Endpoint.Tcp("127.0.0.1", session.getLocalPort()));
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = agree(session)) {
                    return socket.getInputStream().readAllBytes().length;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (Wire wire = handshake(BASE)) {
                wire.socket.getOutputStream().write(last);
            }
            assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(last.length);
        }
    }

    @Test
    void thousandsMayBeIdle() throws Exception {
        int count = 2000;
        long before = heap();
        AtomicInteger echoes = new AtomicInteger();
        List<Future<WebSocket>> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(open());
            if (i % 200 == 199) {
                await(Future.all(new ArrayList<>(sockets)));
            }
        }
        await(Future.all(new ArrayList<>(sockets)));
        for (Future<WebSocket> socket : sockets) {
            socket.result().textMessageHandler(text -> echoes.incrementAndGet());
            socket.result().writeTextMessage("still here");
        }
        Until.holds(() -> echoes.get() == count);
        // Its client and its session are in this heap, too, with two ends of WebSockets each.
        assertThat((heap() - before) / count).isLessThan(MOST_FOR_ONE);
        sockets.forEach(socket -> socket.result().close());
        Until.holds(() -> plane.dataPlane.openStreams() == 0);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that vanished without a word is found by the system's own questions: the timers in /proc/net tell. */
    @Test
    void silentPeersAreAskedAfterAMinute() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "no Linux");
        try (Wire wire = handshake(BASE)) {
            String own = ":%04X".formatted(plane.port);
            String peer = ":%04X".formatted(wire.socket.getLocalPort());
            String[] fields = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                    .flatMap(WebSocketTest::lines)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(each -> each[1].endsWith(own) && each[2].endsWith(peer))
                    .findFirst()
                    .orElseThrow();
            assertThat(fields[5]).startsWith("02:");
            assertThat(Long.parseLong(fields[5].substring(3), 16)).isLessThanOrEqualTo(60 * TICKS_PER_SECOND);
        }
    }
}
