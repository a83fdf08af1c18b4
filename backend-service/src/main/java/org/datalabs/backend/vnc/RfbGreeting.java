package org.datalabs.backend.vnc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks an RFB server whether it takes connections: the handshake of RFC 6143, section 7.1, without a word about pixels.
 *
 * <p>The handshake is gone through to its end where that needs no password, since Xvnc counts connections that leave
 * earlier against their peer and after five of them lets nobody in for a while. Thread-safe.
 */
public final class RfbGreeting {
    private static final int VERSION_LENGTH = 12;
    private static final String FAMILY = "RFB 003.";
    private static final String WITH_RESULT = "RFB 003.008\n";
    private static final byte NO_PASSWORD = 1;
    private static final int RESULT_LENGTH = 4;

    private final Vertx vertx;
    private final NetClient client;
    private final Duration patience;

    /**
     * A greeter.
     *
     * @param patience how long one attempt may take
     */
    public RfbGreeting(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) patience.toMillis()));
    }

    /** Completes with whether the server at an address lets a client in, or fails when there is none. */
    public Future<Boolean> ask(SocketAddress address) {
        return client.connect(address).compose(socket -> new Attempt(socket).run());
    }

    private enum Stage {
        VERSION,
        SECURITY,
        RESULT
    }

    /** One connection; confined to its event loop. */
    private final class Attempt {
        private final NetSocket socket;
        private final Promise<Boolean> answer = Promise.promise();
        private Buffer seen = Buffer.buffer();
        private Stage stage = Stage.VERSION;

        Attempt(NetSocket socket) {
            this.socket = socket;
        }

        Future<Boolean> run() {
            long timer = vertx.setTimer(patience.toMillis(), late -> answer.tryComplete(false));
            socket.closeHandler(closed -> answer.tryComplete(false));
            socket.exceptionHandler(failure -> answer.tryComplete(false));
            socket.handler(bytes -> {
                seen.appendBuffer(bytes);
                advance();
            });
            return answer.future().onComplete(done -> {
                vertx.cancelTimer(timer);
                socket.close();
            });
        }

        private void advance() {
            if (stage == Stage.VERSION && seen.length() >= VERSION_LENGTH) {
                version(take(VERSION_LENGTH).toString(StandardCharsets.ISO_8859_1));
            }
            if (stage == Stage.SECURITY && seen.length() > 0 && seen.length() > seen.getByte(0)) {
                security(take(1 + seen.getByte(0)));
            }
            if (stage == Stage.RESULT && seen.length() >= RESULT_LENGTH) {
                answer.tryComplete(take(RESULT_LENGTH).getInt(0) == 0);
            }
        }

        private void version(String version) {
            if (version.equals(WITH_RESULT)) {
                stage = Stage.SECURITY;
                socket.write(WITH_RESULT);
            } else {
                answer.tryComplete(version.startsWith(FAMILY));
            }
        }

        private void security(Buffer types) {
            for (int i = 1; i < types.length(); i++) {
                if (types.getByte(i) == NO_PASSWORD) {
                    stage = Stage.RESULT;
                    socket.write(Buffer.buffer(new byte[] {NO_PASSWORD}));
                    return;
                }
            }
            // None at all is a refusal; a password is its client's affair.
            answer.tryComplete(types.length() > 1);
        }

        private Buffer take(int count) {
            Buffer taken = seen.getBuffer(0, count);
            seen = seen.getBuffer(count, seen.length());
            return taken;
        }
    }
}
