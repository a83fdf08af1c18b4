package org.datalabs.desktop.session.vnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Servers that break the protocol, and what this client sends. */
class RfbConnectionTest implements RfbEvents {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Area> drawn = new ArrayList<>();
    private final ByteArrayOutputStream script = new ByteArrayOutputStream();
    private final DataOutputStream server = new DataOutputStream(script);

    @Override
    public void started(String desktopName) {
        assertThat(desktopName).isEqualTo("test");
    }

    @Override
    public void resized(Framebuffer screen) {
        drawn.clear();
    }

    @Override
    public void drawn(Framebuffer screen, Area changed) {
        drawn.add(changed);
    }

    @Override
    public void cursor(CursorShape shape) {
        throw new AssertionError("no pointer was sent");
    }

    @Override
    public void copied(String text) {
        throw new AssertionError("no text was sent");
    }

    @Override
    public void bell() {
        throw new AssertionError("no bell was rung");
    }

    private void run() throws IOException {
        RfbInput in = new RfbInput(() -> {});
        in.feed(ByteBuffer.wrap(script.toByteArray()));
        in.end("the script is over");
        RfbOutput out = new RfbOutput(
                piece -> {
                    sent.writeBytes(bytes(piece));
                    return CompletableFuture.completedFuture(null);
                },
                () -> {});
        new RfbConnection(in, out, this, PictureEncoding.TIGHT).run();
    }

    private static byte[] bytes(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        return bytes;
    }

    private void greet() throws IOException {
        server.writeBytes("RFB 003.008\n");
        server.write(new byte[] {2, 2, 1});
        server.writeInt(0);
        server.writeShort(100);
        server.writeShort(50);
        server.write(new byte[16]);
        server.writeInt(4);
        server.writeBytes("test");
    }

    private void rectangle(int x, int y, int width, int height, int encoding) throws IOException {
        server.write(new byte[] {0, 0, 0, 1});
        server.writeShort(x);
        server.writeShort(y);
        server.writeShort(width);
        server.writeShort(height);
        server.writeInt(encoding);
    }

    @Test
    void drawsWhatItIsSent() throws IOException {
        greet();
        rectangle(2, 3, 2, 1, RfbEncodings.RAW);
        server.write(new byte[] {1, 2, 3, 0, 4, 5, 6, 0});
        assertThatThrownBy(this::run).isInstanceOf(IOException.class).hasMessage("the script is over");
        assertThat(drawn).containsExactly(new Area(2, 3, 2, 1));
        assertThat(sent.toString(StandardCharsets.ISO_8859_1)).startsWith("RFB 003.008\n\1\1");
    }

    @Test
    void refusesToDrawOutsideTheScreen() throws IOException {
        greet();
        rectangle(90, 0, 20, 10, RfbEncodings.RAW);
        assertThatThrownBy(this::run).hasMessageContaining("outside its 100 × 50 screen");
    }

    @Test
    void refusesToCopyFromOutsideTheScreen() throws IOException {
        greet();
        rectangle(0, 0, 20, 10, RfbEncodings.COPY_RECT);
        server.writeShort(95);
        server.writeShort(0);
        assertThatThrownBy(this::run).hasMessageContaining("outside");
    }

    @Test
    void refusesASizeThatWouldFillTheMemory() throws IOException {
        greet();
        rectangle(0, 0, 60_000, 60_000, RfbEncodings.DESKTOP_SIZE);
        assertThatThrownBy(this::run).hasMessageContaining("60000 × 60000");
    }

    @Test
    void refusesDamagedPackedPictures() throws IOException {
        greet();
        rectangle(0, 0, 20, 10, RfbEncodings.ZRLE);
        server.writeInt(4);
        server.write(new byte[] {9, 9, 9, 9});
        assertThatThrownBy(this::run).hasMessageContaining("damaged");
    }

    @Test
    void refusesTextLongerThanItsLimit() throws IOException {
        greet();
        server.write(new byte[] {3, 0, 0, 0});
        server.writeInt(Integer.MAX_VALUE);
        assertThatThrownBy(this::run).hasMessageContaining("16 MB");
    }

    @Test
    void endsForGoodWhenTheDesktopWantsAPassword() throws IOException {
        server.writeBytes("RFB 003.008\n");
        server.write(new byte[] {1, 2});
        assertThatThrownBy(this::run).isInstanceOf(RfbConnection.RfbRefusedException.class);
    }

    @Test
    void keepsAnyTextOnItsWayThroughTheClipboard() throws IOException {
        byte[] body = ExtendedClipboard.provide("α\nβ\r\nγ 🔭");
        byte[] packed = new byte[body.length - 4];
        System.arraycopy(body, 4, packed, 0, packed.length);
        assertThat(ExtendedClipboard.provided(packed)).isEqualTo("α\nβ\nγ 🔭");
        packed[packed.length / 2] ^= 0x55;
        assertThatThrownBy(() -> ExtendedClipboard.provided(packed)).isInstanceOf(IOException.class);
    }

    @Test
    void sendsOnlyTheLatestOfMovesThatWait() {
        List<byte[]> pieces = new ArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        RfbOutput out = new RfbOutput(
                piece -> {
                    pieces.add(bytes(piece));
                    return first;
                },
                () -> {});
        out.send(RfbMessages.pointer(0, 1, 1));
        out.send(RfbMessages.pointer(0, 2, 2));
        out.send(RfbMessages.pointer(0, 3, 3));
        out.send(RfbMessages.pointer(1, 3, 3));
        first.complete(null);
        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(1)).containsExactly(5, 0, 0, 3, 0, 3, 5, 1, 0, 3, 0, 3);
    }
}
