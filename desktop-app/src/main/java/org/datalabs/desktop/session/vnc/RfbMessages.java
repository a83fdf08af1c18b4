package org.datalabs.desktop.session.vnc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The client's messages as bytes (RFC 6143, 7.5, and the registered extensions). */
final class RfbMessages {
    static final int POINTER_EVENT = 5;

    private RfbMessages() {}

    /** 32 bits per pixel, depth 24, little-endian: blue, green, red, unused. */
    static byte[] pixelFormat() {
        return ByteBuffer.allocate(20)
                .put(new byte[] {0, 0, 0, 0, 32, 24, 0, 1})
                .putShort((short) 255)
                .putShort((short) 255)
                .putShort((short) 255)
                .put(new byte[] {16, 8, 0, 0, 0, 0})
                .array();
    }

    static byte[] encodings(List<Integer> encodings) {
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * encodings.size())
                .put((byte) 2)
                .put((byte) 0)
                .putShort((short) encodings.size());
        encodings.forEach(message::putInt);
        return message.array();
    }

    static byte[] updateRequest(boolean incremental, int width, int height) {
        return ByteBuffer.allocate(10)
                .put((byte) 3)
                .put((byte) (incremental ? 1 : 0))
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    static byte[] key(boolean down, int keysym) {
        return ByteBuffer.allocate(8)
                .put((byte) 4)
                .put((byte) (down ? 1 : 0))
                .putShort((short) 0)
                .putInt(keysym)
                .array();
    }

    /** @param scanCode of the XT set, extended keys with 0x80 added */
    static byte[] extendedKey(boolean down, int keysym, int scanCode) {
        return ByteBuffer.allocate(12)
                .put((byte) 255)
                .put((byte) 0)
                .putShort((short) (down ? 1 : 0))
                .putInt(keysym)
                .putInt(scanCode)
                .array();
    }

    static byte[] pointer(int buttons, int x, int y) {
        return ByteBuffer.allocate(6)
                .put((byte) POINTER_EVENT)
                .put((byte) buttons)
                .putShort((short) x)
                .putShort((short) y)
                .array();
    }

    /** Plain cut text: Latin-1, what it cannot say becomes a question mark. */
    static byte[] cutText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(6 << 24)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    static byte[] extendedCutText(byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(6 << 24)
                .putInt(-body.length)
                .put(body)
                .array();
    }

    static byte[] continuousUpdates(boolean enable, int width, int height) {
        return ByteBuffer.allocate(10)
                .put((byte) 150)
                .put((byte) (enable ? 1 : 0))
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    static byte[] fence(int flags, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(248 << 24)
                .putInt(flags)
                .put((byte) payload.length)
                .put(payload)
                .array();
    }

    /** Asks for one screen of this size; {@code screenId} and {@code screenFlags} as the server named them. */
    static byte[] desktopSize(int width, int height, int screenId, int screenFlags) {
        return ByteBuffer.allocate(24)
                .putShort((short) (251 << 8))
                .putShort((short) width)
                .putShort((short) height)
                .putShort((short) (1 << 8))
                .putInt(screenId)
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .putInt(screenFlags)
                .array();
    }
}
