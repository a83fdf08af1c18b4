package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;
import static org.datalabs.backend.proxy.Plane.SESSION;
import static org.datalabs.backend.proxy.Plane.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private static final Path XVNC = Path.of("/usr/bin/Xvnc");
    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;

    private Plane plane;

    @BeforeEach
    void start() {
        plane = new Plane();
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
        return plane.vertx
                .createWebSocketClient()
                .connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(plane.port)
                        .setURI(BASE + "vnc")
                        .setAllowOriginHeader(false)
                        .addSubProtocol("binary")
                        .putHeader("Authorization", BEARER));
    }

    private static Process xvnc(Path folder) throws IOException {
        return new ProcessBuilder(
                        XVNC.toString(),
                        "-displayfd",
                        "1",
                        "-geometry",
                        WIDTH + "x" + HEIGHT,
                        "-depth",
                        "24",
                        "-rfbport",
                        "-1",
                        "-rfbunixpath",
                        folder.resolve("rfb").toString(),
                        "-SecurityTypes",
                        "None",
                        "-AlwaysShared",
                        "-nolisten",
                        "tcp")
                .redirectError(folder.resolve("log").toFile())
                .redirectOutput(folder.resolve("display").toFile())
                .start();
    }

    @Test
    void carriesTheFramesOfARealDesktop(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(XVNC), "Xvnc is not installed");
        Process server = xvnc(folder);
        try {
            Endpoint endpoint = new Endpoint.UnixSocket(folder.resolve("rfb"));
            SessionDirectory.Entry entry = desktop(endpoint);
            Until.holds(() ->
                    plane.probe.answers(entry, endpoint).toCompletableFuture().join());
            // Xvnc counts connections that leave early against their peer; the probe's must not lock the user out.
            for (int i = 0; i < 12; i++) {
                assertThat(plane.probe
                                .answers(entry, endpoint)
                                .toCompletableFuture()
                                .join())
                        .isTrue();
            }
            RfbReader rfb = await(connect().map(RfbReader::new));
            assertThat(rfb.text(12)).isEqualTo("RFB 003.008\n");
            rfb.send(Buffer.buffer("RFB 003.008\n"));
            int types = rfb.bytes(1).getByte(0);
            assertThat(types).isPositive();
            assertThat(rfb.bytes(types).getBytes()).contains(1);
            rfb.send(Buffer.buffer(new byte[] {1}));
            assertThat(rfb.bytes(4).getInt(0)).isZero();
            rfb.send(Buffer.buffer(new byte[] {1}));
            Buffer init = rfb.bytes(24);
            assertThat(init.getUnsignedShort(0)).isEqualTo(WIDTH);
            assertThat(init.getUnsignedShort(2)).isEqualTo(HEIGHT);
            rfb.bytes(init.getInt(20));
            // SetEncodings: raw only; then a full update.
            rfb.send(Buffer.buffer(new byte[] {2, 0, 0, 1, 0, 0, 0, 0}));
            rfb.send(Buffer.buffer(new byte[] {3, 0, 0, 0, 0, 0, WIDTH >> 8, (byte) WIDTH, 0, (byte) HEIGHT}));
            assertThat(rfb.bytes(4).getByte(0)).isZero();
            Buffer rectangle = rfb.bytes(12);
            assertThat(rectangle.getInt(8)).isZero();
            int pixels = rectangle.getUnsignedShort(4) * rectangle.getUnsignedShort(6);
            assertThat(rfb.bytes(pixels * 4).length()).isEqualTo(pixels * 4);
            rfb.socket.close();
        } finally {
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    @Test
    void endOfTheSessionAndEndOfTheDesktopAreToldApart() throws Exception {
        try (ServerSocket desktop = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            desktop(new Endpoint.Tcp("127.0.0.1", desktop.getLocalPort()));
            WebSocket first = open();
            desktop.accept().close();
            Until.holds(first::isClosed);
            assertThat(first.closeStatusCode()).isEqualTo(VncBridge.DESKTOP_CLOSED);

            WebSocket second = open();
            plane.sessions.remove(SESSION);
            desktop.accept().close();
            Until.holds(second::isClosed);
            assertThat(second.closeStatusCode()).isEqualTo(VncBridge.SESSION_ENDED);
            assertThat(second.closeReason()).isEqualTo("The datalab has ended.");
        }
    }

    @Test
    void refusesText() throws Exception {
        try (ServerSocket desktop = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            desktop(new Endpoint.Tcp("127.0.0.1", desktop.getLocalPort()));
            WebSocket socket = open();
            socket.writeTextMessage("hello");
            Until.holds(socket::isClosed);
            assertThat(socket.closeStatusCode()).isEqualTo(VncBridge.NOT_BINARY);
            assertThat(desktop.accept().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void clientThatLeavesEndsTheDesktopsSide() throws Exception {
        try (ServerSocket desktop = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            desktop(new Endpoint.Tcp("127.0.0.1", desktop.getLocalPort()));
            WebSocket socket = open();
            socket.write(Buffer.buffer("abc"));
            var peer = desktop.accept();
            assertThat(new String(peer.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                    .isEqualTo("abc");
            socket.close();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
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
