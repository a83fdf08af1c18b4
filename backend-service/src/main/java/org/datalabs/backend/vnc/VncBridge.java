package org.datalabs.backend.vnc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries RFB streams (RFC 6143) over WebSockets (RFC 6455): one binary message per read, both ways at the pace of the
 * slower side. Peers that fall silent are asked by ping and let go when they do not answer. Thread-safe.
 *
 * <p>The bridge logs in to the desktop itself, and asks nothing of its client, who was let in before: the session's
 * password never leaves the backend.
 */
public final class VncBridge implements AutoCloseable {
    /** What clients may name as their protocol. */
    public static final String SUBPROTOCOL = "binary";

    /** The session was ended. */
    public static final short SESSION_ENDED = 1001;

    /** This service goes and the session stays: another replica, or the next run, lets the client in again. */
    public static final short COME_BACK = 1012;

    /** The client broke RFC 6143, or sent what a viewer may not. */
    public static final short PROTOCOL_FAULT = 1002;

    /** The client sent text where only bytes are expected. */
    public static final short NOT_BINARY = 1003;

    /** The peer did not answer pings. */
    public static final short SILENT = 4008;

    /** The desktop closed the stream although its session goes on. */
    public static final short DESKTOP_CLOSED = 4001;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PING_MILLIS = 30_000;

    private final Vertx vertx;
    private final RfbConnector connector;
    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private final long pings;

    public VncBridge(Vertx vertx) {
        this(vertx, PING_MILLIS);
    }

    VncBridge(Vertx vertx, long pingMillis) {
        this.vertx = vertx;
        this.connector = new RfbConnector(vertx, PATIENCE);
        this.pings = vertx.setPeriodic(pingMillis, tick -> open.forEach(Bridge::ping));
    }

    /** How many streams are open. */
    public int openCount() {
        return open.size();
    }

    /**
     * A session's desktop as one client may use it.
     *
     * @param address where its RFB server listens
     * @param password said to the server if it asks for one; a secret
     * @param viewOnly whether the client may look and not act
     * @param alive whether the session goes on, asked when its desktop closes the stream
     * @param used called for everything that a client sends who may act
     */
    public record Desktop(
            SocketAddress address, String password, boolean viewOnly, BooleanSupplier alive, Runnable used) {
        @Override
        public String toString() {
            return "Desktop[" + address + "]";
        }
    }

    /**
     * Joins a WebSocket upgrade to a session's desktop.
     *
     * @param request the upgrade; paused
     * @return fails, with the request unanswered, when the desktop cannot be reached
     */
    public Future<Void> join(HttpServerRequest request, Desktop desktop) {
        return connector.login(desktop.address(), desktop.password()).compose(server -> request.toWebSocket()
                .<Void>map(socket -> {
                    new Bridge(socket, server, vertx.getOrCreateContext(), desktop).start();
                    return null;
                })
                .onFailure(failure -> server.close()));
    }

    /** Ends all streams, and tells their clients to come back. */
    public void leave() {
        open.forEach(bridge -> bridge.context.runOnContext(
                run -> bridge.end(COME_BACK, "The datazone is being restarted; connect again.")));
    }

    @Override
    public void close() {
        vertx.cancelTimer(pings);
        leave();
        connector.close();
    }

    /** One stream; confined to the event loop of its client's connection. */
    private final class Bridge {
        private final ServerWebSocket browser;
        private final NetSocket server;
        private final Context context;
        private final Desktop desktop;
        private final ClientWelcome welcome = new ClientWelcome();
        private final @Nullable ViewOnlyFilter filter;
        private boolean heard = true;

        Bridge(ServerWebSocket browser, NetSocket server, Context context, Desktop desktop) {
            this.browser = browser;
            this.server = server;
            this.context = context;
            this.desktop = desktop;
            this.filter = desktop.viewOnly() ? new ViewOnlyFilter() : null;
        }

        void start() {
            open.add(this);
            browser.pongHandler(pong -> heard = true);
            browser.frameHandler(frame -> {
                heard = true;
                if (frame.isText()) {
                    end(NOT_BINARY, "Only binary messages are understood.");
                } else if (frame.isBinary() || frame.isContinuation()) {
                    fromBrowser(frame.binaryData());
                }
            });
            browser.closeHandler(closed -> {
                open.remove(this);
                server.close();
            });
            browser.exceptionHandler(failure -> server.close());
            server.handler(this::toBrowser);
            server.exceptionHandler(failure -> {});
            server.closeHandler(closed -> {
                if (desktop.alive().getAsBoolean()) {
                    end(DESKTOP_CLOSED, "The desktop closed the connection.");
                } else {
                    end(SESSION_ENDED, "The datalab has ended.");
                }
            });
            browser.write(welcome.greeting());
            browser.resume();
            server.resume();
        }

        private void fromBrowser(Buffer bytes) {
            try {
                if (welcome.isDone()) {
                    toServer(bytes);
                    return;
                }
                Buffer reply = welcome.receive(bytes);
                if (reply.length() > 0) {
                    browser.write(reply);
                }
                if (welcome.isDone()) {
                    toServer(welcome.rest());
                }
            } catch (RfbProtocolException e) {
                end(PROTOCOL_FAULT, String.valueOf(e.getMessage()));
            }
        }

        private void toServer(Buffer bytes) throws RfbProtocolException {
            Buffer passed = filter == null ? bytes : filter.pass(bytes);
            if (filter == null) {
                desktop.used().run();
            }
            if (passed.length() == 0) {
                return;
            }
            server.write(passed);
            if (server.writeQueueFull()) {
                browser.pause();
                server.drainHandler(drained -> browser.resume());
            }
        }

        private void toBrowser(Buffer bytes) {
            if (browser.isClosed()) {
                return;
            }
            if (!welcome.isDone()) {
                end(DESKTOP_CLOSED, "The desktop spoke out of turn.");
                return;
            }
            browser.write(bytes);
            if (browser.writeQueueFull()) {
                server.pause();
                browser.drainHandler(drained -> server.resume());
            }
        }

        /** A peer that reads slowly is not silent: its pong waits behind its pictures. */
        void ping() {
            context.runOnContext(run -> {
                if (!heard && !browser.writeQueueFull()) {
                    end(SILENT, "Nothing was heard for a while.");
                } else if (!browser.isClosed()) {
                    heard = false;
                    browser.writePing(Buffer.buffer());
                }
            });
        }

        /** What comes first tells why: closing one side is heard as the end of the other. */
        void end(short code, String reason) {
            if (open.remove(this) && !browser.isClosed()) {
                browser.close(code, reason);
            }
            server.close();
        }
    }
}
