package org.datalabs.desktop.session.real;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The server's end of a WebSocket (RFC 6455), blocking, one reader and any number of writers. */
public final class WebSocketEnd {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(boolean last, int kind, byte[] payload) {}

    private final DataInputStream in;
    private final OutputStream out;

    private WebSocketEnd(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    static WebSocketEnd accept(SmallDatazone.Request request, InputStream in, OutputStream out) throws IOException {
        String key = Objects.requireNonNull(request.header("sec-websocket-key"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        String protocols = request.header("sec-websocket-protocol");
        if (protocols != null) {
            headers.put("Sec-WebSocket-Protocol", protocols.split(",")[0].trim());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            headers.put("Sec-WebSocket-Accept", Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return new WebSocketEnd(in, out);
    }

    /** The next frame that is not a ping or pong; pings are answered. */
    Frame next() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] mask = in.readNBytes((second & 0x80) != 0 ? 4 : 0);
            byte[] payload = in.readNBytes((int) length);
            if (payload.length < length) {
                throw new EOFException();
            }
            for (int i = 0; i < payload.length && mask.length > 0; i++) {
                payload[i] ^= mask[i & 3];
            }
            int kind = first & 15;
            if (kind == PING) {
                send(true, PONG, payload, payload.length);
            } else if (kind != PONG) {
                return new Frame((first & 0x80) != 0, kind, payload);
            }
        }
    }

    synchronized void send(boolean last, int kind, byte[] payload, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10).put((byte) ((last ? 0x80 : 0) | kind));
        if (length < 126) {
            head.put((byte) length);
        } else if (length < 1 << 16) {
            head.put((byte) 126).putShort((short) length);
        } else {
            head.put((byte) 127).putLong(length);
        }
        byte[] frame = new byte[head.position() + length];
        System.arraycopy(head.array(), 0, frame, 0, head.position());
        System.arraycopy(payload, 0, frame, head.position(), length);
        out.write(frame);
        out.flush();
    }

    /**
     * Sends every frame back as it is. The text {@code close CODE REASON} closes, {@code cut} ends without a word,
     * {@code ping} pings first, {@code fragments} answers in three parts.
     */
    void echo() throws IOException {
        while (true) {
            Frame frame = next();
            String text = frame.kind() == TEXT ? new String(frame.payload(), StandardCharsets.UTF_8) : "";
            if (frame.kind() == CLOSE) {
                send(true, CLOSE, frame.payload(), frame.payload().length);
                return;
            } else if (text.startsWith("close ")) {
                String[] words = text.split(" ", 3);
                byte[] reason = words[2].getBytes(StandardCharsets.UTF_8);
                byte[] payload = ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) Integer.parseInt(words[1]))
                        .put(reason)
                        .array();
                send(true, CLOSE, payload, payload.length);
                next();
                return;
            } else if ("cut".equals(text)) {
                return;
            } else if ("ping".equals(text)) {
                send(true, PING, new byte[] {1, 2, 3}, 3);
                send(true, TEXT, frame.payload(), frame.payload().length);
            } else if ("fragments".equals(text)) {
                send(false, TEXT, "one ".getBytes(StandardCharsets.UTF_8), 4);
                send(false, 0, "two ".getBytes(StandardCharsets.UTF_8), 4);
                send(true, 0, "three".getBytes(StandardCharsets.UTF_8), 5);
            } else {
                send(frame.last(), frame.kind(), frame.payload(), frame.payload().length);
            }
        }
    }
}
