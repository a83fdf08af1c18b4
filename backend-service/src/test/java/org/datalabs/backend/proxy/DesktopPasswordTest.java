package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.ADA;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.SESSION;
import static org.datalabs.backend.proxy.Plane.await;
import static org.datalabs.backend.proxy.RealDesktop.WIDTH;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.datalabs.backend.runtime.RfbPassword;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.core.catalogue.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real X server that asks for a password on a TCP port, as the containers of a cluster do. */
class DesktopPasswordTest {
    private static final int EXTENDED_CLIPBOARD = 0xC0A1E5CE;
    private static final int TEXT = 1;
    private static final int NOTIFY = 1 << 27;
    private static final int REQUEST = 1 << 25;
    private static final int PROVIDE = 1 << 28;

    @TempDir
    private Path folder;

    private Plane plane;

    /** Held, since Vert.x closes clients that nobody holds. */
    private WebSocketClient client;

    private RealDesktop desktop;
    private SessionDirectory.Entry entry;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(RealDesktop.isInstalled(), "Xvnc is not installed");
        plane = new Plane();
        client = plane.vertx.createWebSocketClient();
        desktop = RealDesktop.withPassword(folder, RfbPassword.of("own-token"));
        entry = plane.put(SESSION, Kind.DESKTOP, "{base}", null, desktop.endpoint);
        Until.holds(this::answers);
    }

    @AfterEach
    void stop() throws Exception {
        desktop.close();
        plane.close();
    }

    private boolean answers() {
        return plane.probe
                .answers(entry, desktop.endpoint)
                .toCompletableFuture()
                .join();
    }

    /** Comes in by a ticket, as a browser elsewhere would. */
    private RfbReader open(boolean viewOnly) {
        String path = plane.admissions.issue(SESSION, ADA, viewOnly).path();
        return await(client.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(plane.port)
                        .setURI(BASE + "vnc" + path.substring(path.indexOf('?')))
                        .addSubProtocol("binary")
                        .putHeader("Origin", "http://127.0.0.1:" + plane.port))
                .map(RfbReader::new));
    }

    @Test
    void readinessAsksAndClientsReconnectWithoutEverBeingLockedOut() throws Exception {
        for (int i = 0; i < 12; i++) {
            assertThat(answers()).isTrue();
            RfbReader rfb = open(false);
            assertThat(rfb.enter().getUnsignedShort(0)).isEqualTo(WIDTH);
            rfb.socket.close();
        }
        // Those who leave before they have said anything were logged in by the bridge, too.
        for (int i = 0; i < 12; i++) {
            open(false).socket.close();
        }
        assertThat(open(false).enter().getUnsignedShort(0)).isEqualTo(WIDTH);
    }

    @Test
    void sessionWithAnotherTokenIsNotLetIn() {
        SessionDirectory.Entry other = new SessionDirectory.Entry(entry.session(), entry.version(), "other-token");
        assertThat(plane.probe
                        .answers(other, desktop.endpoint)
                        .toCompletableFuture()
                        .join())
                .isFalse();
    }

    @Test
    void viewersLookAndDoNotAct() throws Exception {
        RfbReader owner = open(false);
        owner.enter();
        RfbReader viewer = open(true);
        viewer.enter();
        owner.send(pointer(100, 50));
        Until.holds(() -> pointerAt("x:100 y:50"));

        viewer.send(Buffer.buffer(new byte[] {2, 0, 0, 1, 0, 0, 0, 0}));
        viewer.send(pointer(10, 10));
        viewer.send(cutText("from the viewer"));
        viewer.send(Buffer.buffer(new byte[] {4, 1, 0, 0, 0, 0, 0, 'a'}));
        viewer.send(Buffer.buffer(new byte[] {3, 0, 0, 0, 0, 0, 0, 8, 0, 8}));
        // The server takes messages in their order: once the picture comes, all before it was seen.
        assertThat(viewer.bytes(4).getByte(0)).isZero();
        assertThat(pointerAt("x:100 y:50")).isTrue();

        owner.send(cutText("from the owner"));
        Until.holds(() -> clipboard().equals("from the owner"));
        // An unknown message ends the viewer's stream, and nobody else's.
        viewer.send(Buffer.buffer(new byte[] {99}));
        Until.holds(viewer.socket::isClosed);
        owner.send(pointer(20, 30));
        Until.holds(() -> pointerAt("x:20 y:30"));
    }

    @Test
    void clipboardPassesBothWaysInItsExtendedForm() throws Exception {
        RfbReader rfb = open(false);
        rfb.enter();
        rfb.send(Buffer.buffer(new byte[] {2, 0, 0, 1}).appendInt(EXTENDED_CLIPBOARD));
        assertThat(extended(rfb).getInt(0) & TEXT).isEqualTo(TEXT);

        String sent = "λ = 656.28 nm – Hα";
        rfb.send(extendedMessage(Buffer.buffer().appendInt(NOTIFY | TEXT)));
        CompletableFuture<String> pasted = CompletableFuture.supplyAsync(this::pasteWhenThereIsSome);
        assertThat(extended(rfb).getInt(0)).isEqualTo(REQUEST | TEXT);
        rfb.send(provide(sent));
        assertThat(pasted.get(20, TimeUnit.SECONDS)).isEqualTo(sent);

        String copied = "M31, Ανδρομέδα";
        Process holder = desktop.on("xclip", "-i", "-selection", "clipboard", "-quiet");
        try {
            holder.outputWriter(StandardCharsets.UTF_8).append(copied).close();
            Buffer provided = extended(rfb);
            assertThat(provided.getInt(0)).isEqualTo(PROVIDE | TEXT);
            assertThat(text(provided.getBytes(4, provided.length()))).isEqualTo(copied + "\0");
        } finally {
            holder.destroy();
        }
    }

    private static Buffer pointer(int x, int y) {
        return Buffer.buffer(new byte[] {5, 0}).appendUnsignedShort(x).appendUnsignedShort(y);
    }

    private static Buffer cutText(String text) {
        return Buffer.buffer(new byte[] {6, 0, 0, 0}).appendInt(text.length()).appendString(text, "ISO-8859-1");
    }

    private static Buffer extendedMessage(Buffer content) {
        return Buffer.buffer(new byte[] {6, 0, 0, 0})
                .appendInt(-content.length())
                .appendBuffer(content);
    }

    private static Buffer provide(String text) throws Exception {
        byte[] encoded = (text + "\0").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(Buffer.buffer().appendInt(encoded.length).getBytes());
            out.write(encoded);
        }
        return extendedMessage(Buffer.buffer().appendInt(PROVIDE | TEXT).appendBytes(packed.toByteArray()));
    }

    /** The content of the next clipboard message of the extended form. */
    private static Buffer extended(RfbReader rfb) throws InterruptedException {
        Buffer head = rfb.bytes(8);
        assertThat(head.getByte(0)).isEqualTo((byte) 3);
        assertThat(head.getInt(4)).isNegative();
        return rfb.bytes(-head.getInt(4));
    }

    private static String text(byte[] packed) throws Exception {
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        byte[] unpacked = new byte[1024];
        int length = inflater.inflate(unpacked);
        inflater.end();
        return Buffer.buffer(unpacked).getString(4, length, "UTF-8");
    }

    private boolean pointerAt(String place) {
        return run("xdotool", "getmouselocation").startsWith(place);
    }

    private String clipboard() {
        return run("timeout", "5", "xclip", "-o", "-selection", "clipboard", "-target", "UTF8_STRING");
    }

    private String pasteWhenThereIsSome() {
        Until.holds(() -> !run("timeout", "5", "xclip", "-o", "-selection", "clipboard", "-target", "TARGETS")
                .isEmpty());
        return clipboard();
    }

    private String run(String... command) {
        try {
            return desktop.output(command);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
