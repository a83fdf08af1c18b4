package org.datalabs.backend.proxy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.RfbPassword;
import org.datalabs.backend.session.ReadinessProbe;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.vnc.RfbConnector;
import org.datalabs.core.catalogue.Kind;

/**
 * Asks a datalab whether it answers, the way its user's requests will reach it.
 *
 * <p>Web: a GET of the version's ready path. Any status under 500 but 404 counts, so that a redirect to a start page or a
 * question for a sign-in is an answer, while a server that does not serve where the session's address points, or not yet,
 * is none. Desktop: a login to its RFB server.
 */
public final class DataPlaneProbe implements ReadinessProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final Vertx vertx;
    private final DataPlaneClient client;
    private final SessionOrigins origins;
    private final RfbConnector desktops;

    public DataPlaneProbe(Vertx vertx, DataPlaneClient client, SessionOrigins origins) {
        this.origins = origins;
        this.vertx = vertx;
        this.client = client;
        this.desktops = new RfbConnector(vertx, PATIENCE);
    }

    @Override
    public CompletionStage<Boolean> answers(SessionDirectory.Entry entry, Endpoint endpoint) {
        Promise<Boolean> answer = Promise.promise();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(start -> {
            Future<Boolean> attempt = entry.session().kind() == Kind.DESKTOP
                    ? desktops.answers(Upstream.address(endpoint), RfbPassword.of(entry.token()))
                    : serves(Upstream.of(entry, endpoint, origins), entry);
            attempt.recover(failure -> Future.succeededFuture(false)).onComplete(answer);
        });
        return answer.future().toCompletionStage();
    }

    private Future<Boolean> serves(Upstream upstream, SessionDirectory.Entry entry) {
        String readyPath = entry.version().readyPath();
        String target = upstream.paths().base() + (readyPath.startsWith("/") ? readyPath.substring(1) : readyPath);
        return client.request(upstream.request(target).setTimeout(PATIENCE.toMillis()))
                .compose(request -> ask(request, upstream));
    }

    private Future<Boolean> ask(HttpClientRequest request, Upstream upstream) {
        upstream.authorization().ifPresent(value -> request.putHeader(HttpHeaders.AUTHORIZATION, value));
        // A reset, ours or the session's, is no news for the log: what the answer was has been told.
        request.exceptionHandler(cut -> {});
        Promise<Boolean> answer = Promise.promise();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> {
            answer.tryComplete(false);
            request.reset();
        });
        request.send().onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                int status = done.result().statusCode();
                answer.tryComplete(status < SERVER_ERROR && status != NOT_FOUND);
                // The status is the answer; a body may be long. That it is cut off is no news for the log.
                done.result().exceptionHandler(cut -> {});
                request.reset();
            } else {
                answer.tryComplete(false);
            }
        });
        return answer.future();
    }
}
