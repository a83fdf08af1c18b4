package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desktop around a program, as an RFB client meets it. */
class DesktopTest {
    private static final int NO_SECURITY = 1;
    private static final int CUT_TEXT_TO_SERVER = 6;
    private static final int CUT_TEXT_TO_CLIENT = 3;

    private Harness harness;

    @BeforeEach
    void open() throws IOException {
        harness = new Harness();
    }

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void isShownOnceTheProgramHasAWindow() {
        SessionId id =
                harness.start(new Order(Kind.DESKTOP, "sh", "-c", "until [ -e ~/go ]; do sleep 0.05; done; exec xev"));
        Harness.await("running", () -> harness.runtime.observe(id) instanceof Observation.Running);
        assertThat(((Observation.Running) harness.runtime.observe(id)).shown()).isFalse();

        harness.outputOf(Order.shell("touch ~/go"));

        Harness.await("shown", () -> ((Observation.Running) harness.runtime.observe(id)).shown());
    }

    @Test
    void startsTheProgramOnceWindowsAreManaged() {
        SessionId id = harness.start(
                new Order(Kind.DESKTOP, "sh", "-c", "xprop -root _NET_CLIENT_LIST; echo end; sleep 1000"));
        Harness.await("end", () -> harness.output(id).contains("end"));

        assertThat(harness.output(id)).anyMatch(line -> line.startsWith("_NET_CLIENT_LIST(WINDOW)"));
    }

    @Test
    void listensOnNoNetworkAndNoAbstractSocket() {
        SessionId id = harness.start(new Order(
                Kind.DESKTOP, "sh", "-c", "cat /proc/net/unix /proc/net/tcp /proc/net/tcp6; echo end; sleep 1000"));
        Harness.await("end", () -> harness.output(id).contains("end"));

        assertThat(harness.output(id))
                .anyMatch(line -> line.contains("/tmp/.X11-unix/X1"))
                .noneMatch(line -> line.contains("@"))
                .noneMatch(line -> line.contains(":170D") || line.contains(":1771"));
    }

    @Test
    void passesTheClipboardBothWays() throws IOException {
        String script = "until [ \"$(timeout 1 xclip -o -selection clipboard)\" = 'from outside' ]; do sleep 0.1; done;"
                + " printf 'from inside' | xclip -selection clipboard; sleep 1000";
        SessionId id = harness.start(new Order(Kind.DESKTOP, "sh", "-c", script));
        Harness.await("running", () -> harness.runtime.observe(id) instanceof Observation.Running);

        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(harness.socket(id)));
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
            handshake(in, out);
            byte[] text = "from outside".getBytes(StandardCharsets.ISO_8859_1);
            out.writeInt(CUT_TEXT_TO_SERVER << 24);
            out.writeInt(text.length);
            out.write(text);

            assertThat(in.readInt() >>> 24).isEqualTo(CUT_TEXT_TO_CLIENT);
            assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1))
                    .isEqualTo("from inside");
        }
    }

    /** RFC 6143, section 7.1 to 7.3, without a password. */
    private static void handshake(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] version = in.readNBytes("RFB 003.008\n".length());
        out.write(version);
        assertThat(in.readNBytes(in.readUnsignedByte())).contains(NO_SECURITY);
        out.write(NO_SECURITY);
        assertThat(in.readInt()).isZero();
        out.write(1);
        assertThat(in.readUnsignedShort()).isEqualTo(1280);
        assertThat(in.readUnsignedShort()).isEqualTo(800);
        in.readNBytes(16);
        assertThat(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                .isEqualTo("It's tested");
    }
}
