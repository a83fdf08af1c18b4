package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;
import static org.datalabs.backend.proxy.Plane.SESSION;
import static org.datalabs.backend.proxy.Plane.await;
import static org.datalabs.backend.proxy.RealDesktop.HEIGHT;
import static org.datalabs.backend.proxy.RealDesktop.WIDTH;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.vnc.VncBridge;
import org.datalabs.core.catalogue.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Desktop sessions: a real X server's RFB stream through the bridge, and the page that shows it. */
class DesktopTest {
    private static final long MOST_ON_THE_WAY = 32L << 20;

    private Plane plane;

    /** Held, since Vert.x closes clients that nobody holds. */
    private WebSocketClient client;

    @BeforeEach
    void start() {
        plane = new Plane();
        client = plane.vertx.createWebSocketClient();
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private SessionDirectory.Entry desktop(Endpoint endpoint) {
        return plane.put(SESSION, Kind.DESKTOP, "{base}", null, endpoint);
    }

    private WebSocket open() {
        return await(connect());
    }

    private Future<WebSocket> connect() {
        return client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(plane.port)
                .setURI(BASE + "vnc")
                .setAllowOriginHeader(false)
                .addSubProtocol("binary")
                .putHeader("Authorization", BEARER));
    }

    @Test
    void carriesTheFramesOfARealDesktop(@TempDir Path folder) throws Exception {
        assumeTrue(RealDesktop.isInstalled(), "Xvnc is not installed");
        try (RealDesktop desktop = RealDesktop.onUnixSocket(folder)) {
            SessionDirectory.Entry entry = desktop(desktop.endpoint);
            Until.holds(() -> plane.probe
                    .answers(entry, desktop.endpoint)
                    .toCompletableFuture()
                    .join());
            RfbReader rfb = await(connect().map(RfbReader::new));
            Buffer init = rfb.enter();
            assertThat(init.getUnsignedShort(0)).isEqualTo(WIDTH);
            assertThat(init.getUnsignedShort(2)).isEqualTo(HEIGHT);
            // SetEncodings: raw only; then a full update.
            rfb.send(Buffer.buffer(new byte[] {2, 0, 0, 1, 0, 0, 0, 0}));
            rfb.send(Buffer.buffer(new byte[] {3, 0, 0, 0, 0, 0, WIDTH >> 8, (byte) WIDTH, 0, (byte) HEIGHT}));
            assertThat(rfb.bytes(4).getByte(0)).isZero();
            Buffer rectangle = rfb.bytes(12);
            assertThat(rectangle.getInt(8)).isZero();
            int pixels = rectangle.getUnsignedShort(4) * rectangle.getUnsignedShort(6);
            assertThat(rfb.bytes(pixels * 4).length()).isEqualTo(pixels * 4);
            rfb.socket.close();
        }
    }

    @Test
    void endOfTheSessionAndEndOfTheDesktopAreToldApart() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> one = desktop.client();
            WebSocket first = open();
            FakeDesktop.of(one).close();
            Until.holds(first::isClosed);
            assertThat(first.closeStatusCode()).isEqualTo(VncBridge.DESKTOP_CLOSED);

            CompletableFuture<Socket> other = desktop.client();
            WebSocket second = open();
            plane.sessions.remove(SESSION);
            FakeDesktop.of(other).close();
            Until.holds(second::isClosed);
            assertThat(second.closeStatusCode()).isEqualTo(VncBridge.SESSION_ENDED);
            assertThat(second.closeReason()).isEqualTo("The datalab has ended.");
        }
    }

    @Test
    void tellsClientsToComeBackWhenOnlyTheServiceGoes() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> one = desktop.client();
            WebSocket first = open();
            FakeDesktop.of(one);

            plane.dataPlane.leave();
            Until.holds(first::isClosed);
            assertThat(first.closeStatusCode()).isEqualTo(VncBridge.COME_BACK);

            CompletableFuture<Socket> other = desktop.client();
            WebSocket again = open();
            FakeDesktop.of(other);
            again.close();
        }
    }

    @Test
    void refusesText() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            WebSocket socket = open();
            socket.writeTextMessage("hello");
            Until.holds(socket::isClosed);
            assertThat(socket.closeStatusCode()).isEqualTo(VncBridge.NOT_BINARY);
            assertThat(FakeDesktop.of(peer).getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesOversizedFrames() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            RfbReader rfb = await(connect().map(RfbReader::new));
            rfb.welcome();
            rfb.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[(1 << 20) + 1]), true));
            Until.holds(rfb.socket::isClosed);
            assertThat(FakeDesktop.of(peer).getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesClientsThatDoNotSpeakRfb() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            WebSocket socket = open();
            socket.write(Buffer.buffer("GET / HTTP/1.1\r\n"));
            Until.holds(socket::isClosed);
            assertThat(socket.closeStatusCode()).isEqualTo(VncBridge.PROTOCOL_FAULT);
            assertThat(FakeDesktop.of(peer).getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void serversThatAreNoDesktopsAreUnreachable() throws Exception {
        desktop(plane.serve(request -> request.response().end()));
        assertThat(connect().toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refusal -> assertThat(refusal.getStatus())
                        .isEqualTo(502));
    }

    @Test
    void clientThatLeavesEndsTheDesktopsSide() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            RfbReader rfb = await(connect().map(RfbReader::new));
            rfb.welcome();
            rfb.send(Buffer.buffer("abc"));
            Socket end = FakeDesktop.of(peer);
            assertThat(new String(end.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                    .isEqualTo("abc");
            rfb.socket.close();
            assertThat(end.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void clientThatDoesNotReadHoldsTheDesktopBack() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            RfbReader rfb = await(connect().map(RfbReader::new));
            rfb.welcome();
            rfb.socket.pause();
            Socket end = FakeDesktop.of(peer);
            AtomicLong sent = new AtomicLong();
            Thread pouring = new Thread(() -> pour(end, sent));
            pouring.start();
            assertThat(Until.stands(sent::get)).isLessThan(MOST_ON_THE_WAY);
            rfb.socket.resume();
            long stalled = sent.get();
            Until.holds(() -> sent.get() > stalled + MOST_ON_THE_WAY);
            rfb.socket.close();
            pouring.join();
        }
    }

    @Test
    void desktopThatDoesNotReadHoldsTheClientBack() throws Exception {
        try (FakeDesktop desktop = new FakeDesktop()) {
            desktop(desktop.endpoint());
            CompletableFuture<Socket> peer = desktop.client();
            RfbReader rfb = await(connect().map(RfbReader::new));
            rfb.welcome();
            AtomicLong sent = new AtomicLong();
            plane.vertx.runOnContext(run -> pour(rfb.socket, sent));
            assertThat(Until.stands(sent::get)).isLessThan(MOST_ON_THE_WAY);
            FakeDesktop.of(peer).close();
        }
    }

    /** Writes until the other side is gone. */
    private static void pour(Socket socket, AtomicLong sent) {
        byte[] block = new byte[64 * 1024];
        try {
            while (true) {
                socket.getOutputStream().write(block);
                sent.addAndGet(block.length);
            }
        } catch (IOException gone) {
            // The test is over.
        }
    }

    private void pour(WebSocket socket, AtomicLong sent) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            socket.drainHandler(drained -> pour(socket, sent));
        } else {
            socket.writeBinaryMessage(Buffer.buffer(new byte[64 * 1024]));
            sent.addAndGet(64 * 1024);
            plane.vertx.runOnContext(next -> pour(socket, sent));
        }
    }

    @Test
    void servesThePageAndItsModulesAndNothingElse() throws Exception {
        desktop(new Endpoint.Tcp("127.0.0.1", 1));
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'");
        assertThat(page.body()).contains("desktop.js");
        List<String> seen = new ArrayList<>();
        follow("desktop.js", seen);
        assertThat(seen)
                .contains("novnc/core/rfb.js", "novnc/vendor/pako/lib/zlib/inflate.js")
                .hasSizeGreaterThan(30);
        assertThat(get("desktop.css").headers().firstValue("Content-Type")).contains("text/css;charset=utf-8");
    }

    /** Loads a module and all that it imports, as a browser would. */
    private void follow(String module, List<String> seen) throws Exception {
        if (seen.contains(module)) {
            return;
        }
        seen.add(module);
        HttpResponse<String> answer = get(module);
        assertThat(answer.statusCode()).as(module).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/javascript;charset=utf-8");
        var imports = Pattern.compile("(?m)^\\s*(?:import|export)\\b[^;]*?from\\s*[\"'](\\.[^\"']+)[\"']")
                .matcher(answer.body());
        while (imports.find()) {
            follow(URI.create(module).resolve(imports.group(1)).toString(), seen);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vnc",
                "novnc/core/rfb.js.map",
                "novnc/LICENSE.txt",
                "novnc/core/",
                "novnc/core/nothing.js",
                "page/desktop.html",
                "DesktopPage.class",
                "novnc/core/rfb",
                "favicon.ico"
            })
    void knowsNoOtherFiles(String path) throws Exception {
        desktop(new Endpoint.Tcp("127.0.0.1", 1));
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port + BASE + path))
                                .header("Authorization", BEARER)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
