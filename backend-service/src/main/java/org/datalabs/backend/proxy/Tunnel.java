package org.datalabs.backend.proxy;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries a WebSocket to a session: the handshake is the proxy's, everything after it passes as bytes, both ways at the
 * pace of the slower side. RFC 6455, section 4.
 */
final class Tunnel implements AutoCloseable {
    private static final int SWITCHING_PROTOCOLS = 101;

    /** How long what was sent before one end closed may take to reach the other. */
    private static final long LAST_BYTES_MILLIS = 5000;

    private static final long CHECK_MILLIS = 60_000;
    private static final long LONGEST_STALL_NANOS = Duration.ofMinutes(5).toNanos();

    private final Vertx vertx;
    private final long checks;
    private final Set<Pair> open = ConcurrentHashMap.newKeySet();
    private final DataPlaneClient client;
    private final ProblemAnswer problems;
    private final Forwarder forwarder;

    Tunnel(Vertx vertx, DataPlaneClient client, ProblemAnswer problems, Forwarder forwarder) {
        this.vertx = vertx;
        this.client = client;
        this.problems = problems;
        this.forwarder = forwarder;
        this.checks = vertx.setPeriodic(CHECK_MILLIS, tick -> open.forEach(Pair::check));
    }

    void open(
            HttpServerRequest request,
            DataPlanePath.Good path,
            Upstream upstream,
            @Nullable String authorization,
            Runnable used) {
        HttpServerResponse response = request.response();
        String sessionPath = upstream.paths().toSession(path.path());
        String target = path.query().isEmpty() ? sessionPath : sessionPath + "?" + path.query();
        client.request(upstream.request(target).setMethod(request.method())).onComplete(opened -> {
            if (opened.failed()) {
                problems.send(request, Forwarder.unreachable());
                return;
            }
            HttpClientRequest out = opened.result();
            out.exceptionHandler(failure -> {});
            response.closeHandler(gone -> out.reset());
            Headers.toSession(request, upstream, authorization, out.headers());
            out.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
            out.connect().onComplete(answer -> {
                if (answer.failed()) {
                    problems.send(request, Forwarder.unreachable());
                } else if (answer.result().statusCode() == SWITCHING_PROTOCOLS) {
                    join(request, answer.result(), upstream, used);
                } else {
                    forwarder.refused(request, path, upstream, out, answer.result());
                }
            });
        });
    }

    private void join(HttpServerRequest request, HttpClientResponse answer, Upstream upstream, Runnable used) {
        NetSocket session = answer.netSocket();
        session.pause();
        HttpServerResponse response = request.response();
        Headers.toClient(answer.headers(), upstream.paths(), response.headers());
        response.headers()
                .remove(HttpHeaders.CONTENT_LENGTH)
                .set(HttpHeaders.CONNECTION, "Upgrade")
                .set(HttpHeaders.UPGRADE, "websocket");
        request.toNetSocket().onComplete(joined -> {
            if (joined.failed()) {
                session.close();
                return;
            }
            List<HttpConnection> ends =
                    List.of(request.connection(), answer.request().connection());
            new Pair(joined.result(), session, ends).start(used);
        });
    }

    int openCount() {
        return open.size();
    }

    @Override
    public void close() {
        vertx.cancelTimer(checks);
        open.forEach(Pair::force);
    }

    /** The two ends of an open tunnel; confined to their event loop but for being forced. */
    private final class Pair {
        private final NetSocket browser;
        private final NetSocket session;
        private final List<HttpConnection> ends;
        private volatile long stalledSince;
        private boolean ending;

        Pair(NetSocket browser, NetSocket session, List<HttpConnection> ends) {
            this.ends = ends;
            this.browser = browser;
            this.session = session;
        }

        void start(Runnable used) {
            open.add(this);
            browser.pause();
            flow(browser, session, used);
            flow(session, browser, () -> {});
            browser.resume();
            session.resume();
        }

        private void flow(NetSocket from, NetSocket to, Runnable seen) {
            from.handler(bytes -> {
                seen.run();
                to.write(bytes);
                if (to.writeQueueFull()) {
                    from.pause();
                    stalledSince = System.nanoTime();
                    to.drainHandler(drained -> {
                        stalledSince = 0;
                        from.resume();
                    });
                }
            });
            from.closeHandler(closed -> end());
            from.exceptionHandler(failure -> end());
        }

        private void end() {
            if (ending) {
                return;
            }
            ending = true;
            long timer = vertx.setTimer(LAST_BYTES_MILLIS, late -> force());
            Future.join(browser.close(), session.close()).onComplete(closed -> {
                vertx.cancelTimer(timer);
                open.remove(this);
            });
        }

        /** Lets go of ends that cannot be seen to have gone, since nothing is read from or written to them. */
        void check() {
            long since = stalledSince;
            if (since != 0 && System.nanoTime() - since > LONGEST_STALL_NANOS) {
                force();
            }
        }

        /** Closes without a last flush, for which a peer that does not read would have us wait for ever. */
        void force() {
            for (HttpConnection end : ends) {
                if (end instanceof ConnectionBase base) {
                    ChannelFuture unused = base.channelHandlerContext().close();
                }
            }
        }
    }
}
