package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads an RFB stream that comes in WebSocket messages of any size. */
final class RfbReader {
    private static final String VERSION = "RFB 003.008\n";

    final WebSocket socket;
    private final BlockingQueue<Buffer> messages = new LinkedBlockingQueue<>();
    private Buffer left = Buffer.buffer();

    /** A reader of a socket that has not yet received anything; made on the socket's event loop. */
    RfbReader(WebSocket socket) {
        this.socket = socket;
        socket.handler(messages::add);
    }

    Buffer bytes(int count) throws InterruptedException {
        Buffer all = Buffer.buffer().appendBuffer(left);
        while (all.length() < count) {
            Buffer next = messages.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + all.length() + " of " + count + " bytes came");
            }
            all.appendBuffer(next);
        }
        left = all.getBuffer(count, all.length());
        return all.getBuffer(0, count);
    }

    String text(int count) throws InterruptedException {
        return bytes(count).toString(StandardCharsets.US_ASCII);
    }

    void send(Buffer bytes) {
        socket.write(bytes);
    }

    /** Goes through the handshake, which asks for nothing, and returns the answer to it without the desktop's name. */
    Buffer enter() throws InterruptedException {
        welcome();
        send(Buffer.buffer(new byte[] {1}));
        Buffer init = bytes(24);
        bytes(init.getInt(20));
        return init;
    }

    /** The handshake before ClientInit. */
    void welcome() throws InterruptedException {
        assertThat(text(VERSION.length())).isEqualTo(VERSION);
        send(Buffer.buffer(VERSION));
        assertThat(bytes(2).getBytes()).containsExactly(1, 1);
        send(Buffer.buffer(new byte[] {1}));
        assertThat(bytes(4).getInt(0)).isZero();
    }
}
