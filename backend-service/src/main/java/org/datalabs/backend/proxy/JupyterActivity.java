package org.datalabs.backend.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.Activity;
import org.datalabs.backend.session.ActivityProbe;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Jupyter server for its work: the last activity of each of its kernels and terminals, and whether a kernel is busy.
 * What <code>api/status</code> tells is not asked, since every question of an open page counts for it.
 *
 * @see <a href="https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html">Jupyter Server REST API</a>
 */
public final class JupyterActivity implements ActivityProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 256 * 1024;
    private static final int OK = 200;
    private static final String UNTRACKED = "?no_track_activity=1";

    private final Vertx vertx;
    private final DataPlaneClient client;
    private final SessionOrigins origins;
    private final ObjectMapper json = new ObjectMapper();

    public JupyterActivity(Vertx vertx, DataPlaneClient client, SessionOrigins origins) {
        this.origins = origins;
        this.vertx = vertx;
        this.client = client;
    }

    @Override
    public CompletionStage<Activity> ask(SessionDirectory.Entry entry, Endpoint endpoint) {
        Promise<Activity> answer = Promise.promise();
        Upstream upstream = Upstream.of(entry, endpoint, origins);
        Context context = vertx.getOrCreateContext();
        context.runOnContext(start -> Future.join(
                        get(upstream, "api/kernels"),
                        // A server may have none of these.
                        get(upstream, "api/terminals").otherwise(MissingNode.getInstance()))
                .map(both -> activity(both.resultAt(0), both.resultAt(1)))
                .recover(failure -> Future.succeededFuture(Activity.NONE))
                .onComplete(answer));
        return answer.future().toCompletionStage();
    }

    private static Activity activity(JsonNode kernels, JsonNode terminals) {
        boolean busy = false;
        Instant last = null;
        List<JsonNode> all = new ArrayList<>();
        kernels.forEach(all::add);
        terminals.forEach(all::add);
        for (JsonNode each : all) {
            busy |= each.path("execution_state").asText().equals("busy");
            Instant at = instant(each.path("last_activity").asText());
            last = last == null || (at != null && at.isAfter(last)) ? at : last;
        }
        return new Activity(last, busy);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Future<JsonNode> get(Upstream upstream, String path) {
        String target = upstream.paths().base() + path + UNTRACKED;
        return client.request(upstream.request(target).setTimeout(PATIENCE.toMillis()))
                .compose(request -> send(request, upstream))
                .compose(this::read);
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Upstream upstream) {
        upstream.authorization().ifPresent(value -> request.putHeader(HttpHeaders.AUTHORIZATION, value));
        return request.idleTimeout(PATIENCE.toMillis()).send();
    }

    private Future<JsonNode> read(HttpClientResponse response) {
        if (response.statusCode() != OK) {
            response.request().reset();
            return Future.failedFuture("no answer of a Jupyter server");
        }
        Promise<JsonNode> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(bytes -> {
            body.appendBuffer(bytes);
            if (body.length() > LONGEST) {
                answer.tryFail("the answer is too long");
                response.request().reset();
            }
        });
        response.endHandler(end -> {
            try {
                answer.tryComplete(json.readTree(body.getBytes()));
            } catch (IOException e) {
                answer.tryFail(e);
            }
        });
        return answer.future();
    }
}
