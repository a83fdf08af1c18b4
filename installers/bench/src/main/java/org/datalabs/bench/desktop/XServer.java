package org.datalabs.bench.desktop;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to an X server on its UNIX socket, without authorisation: requests out, answers in (X Window System
 * Protocol, version 11). One thread.
 */
final class XServer implements AutoCloseable {
    private static final int KEY_PRESS = 2;
    private static final int KEY_RELEASE = 3;
    private static final int BUTTON_PRESS = 4;
    private static final int BUTTON_RELEASE = 5;

    private final SocketChannel channel;
    private final int base;
    private final int root;

    XServer(int display) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of("/tmp/.X11-unix/X" + display));
        send(message(12).put((byte) 'l').put((byte) 0).putShort((short) 11).put(new byte[8]));
        ByteBuffer head = read(8);
        if (head.get(0) != 1) {
            throw new IOException("The X server refuses this program.");
        }
        ByteBuffer setup = read((head.getShort(6) & 0xffff) * 4);
        base = setup.getInt(4);
        int vendor = setup.getShort(16) + 3 & ~3;
        root = setup.getInt(32 + vendor + setup.get(21) * 8);
    }

    int root() {
        return root;
    }

    /** The nth name that this program may give to a window, pixmap or context. */
    int name(int n) {
        return base + n;
    }

    private static ByteBuffer message(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a request.
     *
     * @param words its length in units of four bytes, the head included
     */
    static ByteBuffer request(int code, int detail, int words) {
        return message(words * 4).put((byte) code).put((byte) detail).putShort((short) words);
    }

    void send(ByteBuffer request) throws IOException {
        request.flip();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    ByteBuffer read(int bytes) throws IOException {
        ByteBuffer answer = message(bytes);
        while (answer.hasRemaining()) {
            if (channel.read(answer) < 0) {
                throw new IOException("The X server ended.");
            }
        }
        return answer;
    }

    /** The major code of an extension. */
    int extension(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer query = request(98, 0, 2 + (bytes.length + 3) / 4)
                .putShort((short) bytes.length)
                .putShort((short) 0)
                .put(bytes);
        query.position(query.capacity());
        send(query);
        ByteBuffer answer = read(32);
        if (answer.get(8) == 0) {
            throw new IOException("The X server has no " + name + ".");
        }
        return answer.get(9) & 0xff;
    }

    /** Presses and releases a key by the XTEST extension. */
    void type(int xtest, int keycode) throws IOException {
        fake(xtest, KEY_PRESS, keycode);
        fake(xtest, KEY_RELEASE, keycode);
    }

    /** Presses and releases the first button of the pointer, wherever that is. */
    void click(int xtest) throws IOException {
        fake(xtest, BUTTON_PRESS, 1);
        fake(xtest, BUTTON_RELEASE, 1);
    }

    private void fake(int xtest, int kind, int detail) throws IOException {
        ByteBuffer fake = request(xtest, 2, 9).put((byte) kind).put((byte) detail);
        fake.position(fake.capacity());
        send(fake);
    }

    /** The colour of one pixel of the whole screen, as 0xRRGGBB. */
    int pixel(int x, int y) throws IOException {
        send(request(73, 2, 5)
                .putInt(root)
                .putShort((short) x)
                .putShort((short) y)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(-1));
        ByteBuffer head = read(32);
        while (head.get(0) > 1) {
            // An event that everyone gets, such as a new keyboard mapping.
            head = read(32);
        }
        if (head.get(0) == 0) {
            throw new IOException("The X server gave no picture.");
        }
        return read(head.getInt(4) * 4).getInt(0) & 0xffffff;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
