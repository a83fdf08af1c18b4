package org.datalabs.backend.vnc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Carries RFB streams (RFC 6143) over WebSockets (RFC 6455): one binary message per read, both ways at the pace of the
 * slower side. Peers that fall silent are asked by ping and let go when they do not answer. Thread-safe.
 */
public final class VncBridge implements AutoCloseable {
    /** What clients may name as their protocol. */
    public static final String SUBPROTOCOL = "binary";

    /** The session was ended. */
    public static final short SESSION_ENDED = 1001;

    /** The client sent text where only bytes are expected. */
    public static final short NOT_BINARY = 1003;

    /** The peer did not answer pings. */
    public static final short SILENT = 4008;

    /** The desktop closed the stream although its session goes on. */
    public static final short DESKTOP_CLOSED = 4001;

    private static final int CONNECT_MILLIS = 2000;
    private static final long PING_MILLIS = 30_000;

    private final Vertx vertx;
    private final NetClient client;
    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private final long pings;

    public VncBridge(Vertx vertx) {
        this(vertx, PING_MILLIS);
    }

    VncBridge(Vertx vertx, long pingMillis) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true));
        this.pings = vertx.setPeriodic(pingMillis, tick -> open.forEach(Bridge::ping));
    }

    /** How many streams are open. */
    public int openCount() {
        return open.size();
    }

    /**
     * Joins a WebSocket upgrade to a session's RFB socket.
     *
     * @param request the upgrade; paused
     * @param address the session's socket
     * @param alive whether the session goes on, asked when its desktop closes the stream
     * @param used called for everything the client sends
     * @return fails, with the request unanswered, when the desktop cannot be reached
     */
    public Future<Void> join(HttpServerRequest request, SocketAddress address, BooleanSupplier alive, Runnable used) {
        return client.connect(address).compose(desktop -> {
            desktop.pause();
            return request.toWebSocket()
                    .<Void>map(socket -> {
                        new Bridge(socket, desktop, vertx.getOrCreateContext(), used).start(alive);
                        return null;
                    })
                    .onFailure(failure -> desktop.close());
        });
    }

    @Override
    public void close() {
        vertx.cancelTimer(pings);
        open.forEach(bridge -> bridge.end(SESSION_ENDED, "The datazone is shutting down."));
        client.close();
    }

    private final class Bridge {
        private final ServerWebSocket browser;
        private final NetSocket desktop;
        private final Context context;
        private final Runnable used;
        private boolean heard = true;

        Bridge(ServerWebSocket browser, NetSocket desktop, Context context, Runnable used) {
            this.browser = browser;
            this.desktop = desktop;
            this.context = context;
            this.used = used;
        }

        void start(BooleanSupplier alive) {
            open.add(this);
            browser.pongHandler(pong -> heard = true);
            browser.frameHandler(frame -> {
                heard = true;
                if (frame.isText()) {
                    end(NOT_BINARY, "Only binary messages are understood.");
                } else if (frame.isBinary() || frame.isContinuation()) {
                    used.run();
                    toDesktop(frame.binaryData());
                }
            });
            browser.closeHandler(closed -> {
                open.remove(this);
                desktop.close();
            });
            browser.exceptionHandler(failure -> desktop.close());
            desktop.handler(this::toBrowser);
            desktop.exceptionHandler(failure -> {});
            desktop.closeHandler(closed -> {
                if (alive.getAsBoolean()) {
                    end(DESKTOP_CLOSED, "The desktop closed the connection.");
                } else {
                    end(SESSION_ENDED, "The datalab has ended.");
                }
            });
            browser.resume();
            desktop.resume();
        }

        private void toDesktop(Buffer bytes) {
            desktop.write(bytes);
            if (desktop.writeQueueFull()) {
                browser.pause();
                desktop.drainHandler(drained -> browser.resume());
            }
        }

        private void toBrowser(Buffer bytes) {
            browser.write(bytes);
            if (browser.writeQueueFull()) {
                desktop.pause();
                browser.drainHandler(drained -> desktop.resume());
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

        void end(short code, String reason) {
            open.remove(this);
            desktop.close();
            if (!browser.isClosed()) {
                browser.close(code, reason);
            }
        }
    }
}
