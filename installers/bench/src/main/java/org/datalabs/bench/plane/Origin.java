package org.datalabs.bench.plane;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * What stands behind the proxies for WebSockets and desktops: after the opening it sends back what comes, or sends
 * without end, byte by byte, as proxies do not look into streams. Prints its two ports.
 */
public final class Origin {
    private static final Buffer BLOCK = frames();
    private static final String SWITCH = """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            \r
            """;
    private static final String RFB = "RFB 003.008\n";

    private Origin() {}

    public static void main(String[] arguments) {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        vertx.createNetServer()
                .connectHandler(Origin::webSocket)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("web " + server.actualPort()));
        vertx.createNetServer()
                .connectHandler(socket -> new Desktop(socket).greet())
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("desktop " + server.actualPort()));
    }

    /** Unmasked binary frames of 16 KiB each, four in a block. */
    private static Buffer frames() {
        Buffer block = Buffer.buffer();
        for (int i = 0; i < 4; i++) {
            block.appendByte((byte) 0x82)
                    .appendByte((byte) 126)
                    .appendUnsignedShort(16384)
                    .appendBytes(new byte[16384]);
        }
        return block;
    }

    private static void webSocket(NetSocket socket) {
        Buffer head = Buffer.buffer();
        socket.handler(bytes -> {
            head.appendBuffer(bytes);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                socket.write(SWITCH);
                serve(
                        socket,
                        text.startsWith("GET /")
                                && text.substring(0, text.indexOf('\r')).contains("pour"),
                        BLOCK);
            }
        });
    }

    private static void serve(NetSocket socket, boolean pours, Buffer block) {
        if (pours) {
            socket.handler(ignored -> {});
            pour(socket, block);
        } else {
            socket.handler(socket::write);
        }
    }

    private static void pour(NetSocket socket, Buffer block) {
        while (!socket.writeQueueFull()) {
            if (socket.write(block).failed()) {
                return;
            }
        }
        socket.drainHandler(drained -> pour(socket, block));
    }

    /** An RFB server that lets everybody in; what its client sends first decides what it does then. */
    private static final class Desktop {
        private static final Buffer PICTURE = Buffer.buffer(new byte[32768]);
        private static final byte POUR = 'p';

        private final NetSocket socket;
        private Buffer seen = Buffer.buffer();
        private int awaited = RFB.length();
        private Handler<Buffer> next = this::version;

        Desktop(NetSocket socket) {
            this.socket = socket;
        }

        void greet() {
            socket.handler(this::receive);
            socket.write(RFB);
        }

        private void receive(Buffer bytes) {
            seen.appendBuffer(bytes);
            if (seen.length() >= awaited) {
                Buffer taken = seen;
                seen = Buffer.buffer();
                next.handle(taken);
            }
        }

        private void version(Buffer version) {
            socket.write(Buffer.buffer(new byte[] {1, 1}));
            awaited = 1;
            next = choice -> {
                socket.write(Buffer.buffer(new byte[4]));
                // ClientInit, by which this client says what it wants.
                next = init -> {
                    serve(socket, init.getByte(0) == POUR, PICTURE);
                    if (init.length() > 1) {
                        socket.write(init.getBuffer(1, init.length()));
                    }
                };
            };
        }
    }
}
