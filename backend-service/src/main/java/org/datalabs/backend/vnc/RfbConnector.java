package org.datalabs.backend.vnc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/**
 * Opens connections to the RFB servers of sessions and logs in to them.
 *
 * <p>Whoever only asks whether a server is there must log in too, since Xvnc counts connections that leave earlier
 * against their peer and after five of them lets nobody in for a while. Thread-safe.
 */
public final class RfbConnector implements AutoCloseable {
    private final Vertx vertx;
    private final NetClient client;
    private final Duration patience;

    /**
     * A connector.
     *
     * @param patience how long one attempt may take to connect, and again to log in
     */
    public RfbConnector(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) patience.toMillis())
                .setTcpNoDelay(true));
    }

    /** Completes with whether the server at an address lets a client in; never fails. */
    public Future<Boolean> answers(SocketAddress address, String password) {
        return login(address, password)
                .map(socket -> {
                    socket.close();
                    return true;
                })
                .otherwise(false);
    }

    /**
     * Connects and logs in.
     *
     * @param password said if the server asks for one; a secret
     * @return completes with a paused connection whose server awaits ClientInit (RFC 6143, section 7.3.1)
     */
    Future<NetSocket> login(SocketAddress address, String password) {
        return client.connect(address).compose(socket -> new Attempt(socket, new ServerLogin(password)).run());
    }

    @Override
    public void close() {
        client.close();
    }

    /** One login; confined to its connection's event loop. */
    private final class Attempt {
        private final NetSocket socket;
        private final ServerLogin login;
        private final Promise<NetSocket> in = Promise.promise();

        Attempt(NetSocket socket, ServerLogin login) {
            this.socket = socket;
            this.login = login;
        }

        Future<NetSocket> run() {
            long timer = vertx.setTimer(patience.toMillis(), late -> in.tryFail("The server does not greet."));
            socket.closeHandler(closed -> in.tryFail("The server closed the connection."));
            socket.exceptionHandler(in::tryFail);
            socket.handler(this::receive);
            return in.future().onComplete(done -> vertx.cancelTimer(timer)).onFailure(failure -> socket.close());
        }

        private void receive(Buffer bytes) {
            try {
                Buffer reply = login.receive(bytes);
                if (reply.length() > 0) {
                    socket.write(reply);
                }
                if (login.isIn()) {
                    socket.pause();
                    in.tryComplete(socket);
                }
            } catch (RfbProtocolException e) {
                in.tryFail(e);
            }
        }
    }
}
