package org.datalabs.backend.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads an RFB stream that comes in WebSocket messages of any size. */
final class RfbReader {
    final WebSocket socket;
    private final BlockingQueue<Buffer> messages = new LinkedBlockingQueue<>();
    private Buffer left = Buffer.buffer();

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
}
