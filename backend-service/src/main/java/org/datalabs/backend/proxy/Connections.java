package org.datalabs.backend.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What becomes of a client's connection whose request was answered without being read to its end. Thread-safe. */
final class Connections {
    /** How long an answered client may go on sending a body that nobody reads, in milliseconds. */
    private static final long LINGER_MILLIS = 2000;

    private final Vertx vertx;
    private final Set<HttpConnection> condemned = ConcurrentHashMap.newKeySet();

    Connections(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Reads what is left of a request's body away; closes the connection if that takes long. */
    void drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        request.handler(unread -> {});
        request.exceptionHandler(gone -> {});
        request.resume();
        if (!request.isEnded()) {
            vertx.setTimer(LINGER_MILLIS, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }

    /** Closes the connection once the answer is sent: what else arrives on it cannot be trusted to be a request. */
    void condemn(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (condemned.add(connection)) {
            connection.closeHandler(closed -> condemned.remove(connection));
            request.response().endHandler(sent -> connection.close());
        }
    }

    boolean isCondemned(HttpServerRequest request) {
        return condemned.contains(request.connection());
    }
}
