package org.datalabs.backend.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Carries a WebSocket to a session: the handshake is the proxy's, everything after it passes as bytes, both ways at the
 * pace of the slower side. RFC 6455, section 4.
 */
final class Tunnel {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final DataPlaneClient client;
    private final ProblemAnswer problems;
    private final Forwarder forwarder;

    Tunnel(DataPlaneClient client, ProblemAnswer problems, Forwarder forwarder) {
        this.client = client;
        this.problems = problems;
        this.forwarder = forwarder;
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
            NetSocket browser = joined.result();
            browser.pause();
            flow(browser, session, used);
            flow(session, browser, () -> {});
            browser.resume();
            session.resume();
        });
    }

    private static void flow(NetSocket from, NetSocket to, Runnable seen) {
        from.handler(bytes -> {
            seen.run();
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
        from.closeHandler(closed -> to.close());
        from.exceptionHandler(failure -> to.close());
    }
}
