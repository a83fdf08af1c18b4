package org.datalabs.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.datalabs.core.api.ProblemDocument;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes every refusal and failure as {@code application/problem+json} (RFC 9457), and is the one place that logs those
 * of requests. Thread-safe.
 */
public final class ProblemAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    private final ObjectMapper json;

    public ProblemAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** Answers a problem; call on the event loop of the response. */
    public void write(HttpServerResponse response, Problem problem, String requestId) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(problem.code().status());
        response.putHeader("Content-Type", ProblemDocument.CONTENT_TYPE);
        response.putHeader("Cache-Control", "no-store");
        if (problem.code() == ProblemCode.NOT_SIGNED_IN) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.code() == ProblemCode.STORE_UNREACHABLE) {
            response.putHeader("Retry-After", Integer.toString(StoreOutage.RETRY_AFTER));
        }
        response.end(Buffer.buffer(bytes(problem, requestId)));
    }

    /** The problem behind a failure, logged when it is the service's own. */
    Problem of(Throwable failure, String requestId, Map<String, String> path) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException refusal) {
            if (refusal.problem().code().status() >= 500) {
                log(requestId, path, () -> LOG.warn(refusal.getMessage(), refusal.getCause()));
            }
            return refusal.problem();
        }
        if (DiskFull.caused(cause)) {
            log(requestId, path, () -> LOG.error("the disk is full", cause));
            return DiskFull.PROBLEM;
        }
        if (StoreOutage.caused(cause)) {
            log(requestId, path, () -> LOG.warn("the database does not answer: {}", cause.getMessage()));
            return StoreOutage.PROBLEM;
        }
        log(requestId, path, () -> LOG.error("request failed", cause));
        return Problem.of(
                ProblemCode.INTERNAL,
                "The datazone could not answer because of a fault of its own.",
                "Try again. If it happens again, quote the request id " + requestId + " to support.");
    }

    private static void log(String requestId, Map<String, String> path, Runnable entry) {
        String session = path.get("session");
        try (MDC.MDCCloseable request = MDC.putCloseable("request", requestId);
                MDC.MDCCloseable about = session == null ? null : MDC.putCloseable("session", session)) {
            entry.run();
        }
    }

    /** The problem as a document (RFC 9457). */
    byte[] bytes(Problem problem, String requestId) {
        try {
            return json.writeValueAsBytes(ProblemDocument.of(problem, requestId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
