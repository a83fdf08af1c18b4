package org.datalabs.backend.vnc;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A server's side of the handshake with an RFB client that needs no password: RFC 6143, sections 7.1.1 to 7.1.3. Needs
 * no input or output; not thread-safe.
 */
final class ClientWelcome {
    private enum Stage {
        VERSION,
        CHOICE,
        DONE
    }

    private Buffer seen = Buffer.buffer();
    private Stage stage = Stage.VERSION;

    /** What the client is told first. */
    Buffer greeting() {
        return Buffer.buffer(ServerLogin.VERSION);
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    /**
     * Takes what the client sent.
     *
     * @return what to send to it, perhaps nothing
     * @throws RfbProtocolException when the client does not keep to the handshake
     */
    Buffer receive(Buffer bytes) throws RfbProtocolException {
        seen.appendBuffer(bytes);
        Buffer reply = Buffer.buffer();
        int length = ServerLogin.VERSION.length();
        if (stage == Stage.VERSION && seen.length() >= length) {
            if (!seen.getString(0, length, StandardCharsets.ISO_8859_1.name()).equals(ServerLogin.VERSION)) {
                throw new RfbProtocolException("Only RFB 3.8 is spoken here.");
            }
            seen = seen.getBuffer(length, seen.length());
            stage = Stage.CHOICE;
            reply.appendByte((byte) 1).appendByte(ServerLogin.NO_SECURITY);
        }
        if (stage == Stage.CHOICE && seen.length() > 0) {
            if (seen.getByte(0) != ServerLogin.NO_SECURITY) {
                throw new RfbProtocolException("The security type was not offered.");
            }
            seen = seen.getBuffer(1, seen.length());
            stage = Stage.DONE;
            reply.appendInt(0);
        }
        return reply;
    }

    /** What came after the handshake, once it is done. */
    Buffer rest() {
        return seen;
    }
}
