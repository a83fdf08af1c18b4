package org.datalabs.backend.vnc;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A client's side of the handshake with an RFB server, up to where the client would say whether it shares the desktop:
 * RFC 6143, sections 7.1.1 to 7.1.3. Needs no input or output; not thread-safe.
 */
final class ServerLogin {
    static final String VERSION = "RFB 003.008\n";
    static final byte NO_SECURITY = 1;
    static final byte VNC_AUTHENTICATION = 2;

    private static final int RESULT_LENGTH = 4;

    private enum Stage {
        VERSION,
        SECURITY,
        CHALLENGE,
        RESULT,
        IN
    }

    private final String password;
    private Buffer seen = Buffer.buffer();
    private Stage stage = Stage.VERSION;

    /** A login; {@code password} is used if the server asks for it. */
    ServerLogin(String password) {
        this.password = password;
    }

    boolean isIn() {
        return stage == Stage.IN;
    }

    /**
     * Takes what the server sent.
     *
     * @return what to send to it, perhaps nothing
     * @throws RfbProtocolException when the server lets nobody in this way
     */
    Buffer receive(Buffer bytes) throws RfbProtocolException {
        seen.appendBuffer(bytes);
        Buffer reply = Buffer.buffer();
        if (stage == Stage.VERSION && seen.length() >= VERSION.length()) {
            if (!take(VERSION.length()).toString(StandardCharsets.ISO_8859_1).equals(VERSION)) {
                throw new RfbProtocolException("The server does not speak RFB 3.8.");
            }
            stage = Stage.SECURITY;
            reply.appendString(VERSION);
        }
        if (stage == Stage.SECURITY && seen.length() > 0 && seen.length() > seen.getUnsignedByte(0)) {
            byte chosen = chosen(take(1 + seen.getUnsignedByte(0)));
            stage = chosen == NO_SECURITY ? Stage.RESULT : Stage.CHALLENGE;
            reply.appendByte(chosen);
        }
        if (stage == Stage.CHALLENGE && seen.length() >= VncAuthentication.CHALLENGE_LENGTH) {
            byte[] challenge = take(VncAuthentication.CHALLENGE_LENGTH).getBytes();
            stage = Stage.RESULT;
            reply.appendBytes(VncAuthentication.response(password, challenge));
        }
        if (stage == Stage.RESULT && seen.length() >= RESULT_LENGTH) {
            if (take(RESULT_LENGTH).getInt(0) != 0) {
                throw new RfbProtocolException("The server refused the login.");
            }
            stage = Stage.IN;
        }
        if (stage == Stage.IN && seen.length() > 0) {
            throw new RfbProtocolException("The server spoke out of turn.");
        }
        return reply;
    }

    private static byte chosen(Buffer types) throws RfbProtocolException {
        boolean byPassword = false;
        for (int i = 1; i < types.length(); i++) {
            if (types.getByte(i) == NO_SECURITY) {
                return NO_SECURITY;
            }
            byPassword |= types.getByte(i) == VNC_AUTHENTICATION;
        }
        if (!byPassword) {
            throw new RfbProtocolException("The server offers no known way to log in.");
        }
        return VNC_AUTHENTICATION;
    }

    private Buffer take(int count) {
        Buffer taken = seen.getBuffer(0, count);
        seen = seen.getBuffer(count, seen.length());
        return taken;
    }
}
