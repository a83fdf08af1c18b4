package org.datalabs.backend.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.core.api.Json;
import org.datalabs.core.api.ProblemDocument;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** Answers with a problem: a small page to a browser that navigates, {@code application/problem+json} to all others. */
final class ProblemAnswer {
    private static final int REFRESH_SECONDS = 2;

    private final ObjectMapper json = Json.lenient();
    private final Connections connections;

    ProblemAnswer(Connections connections) {
        this.connections = connections;
    }

    void send(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            response.reset();
            return;
        }
        boolean page = wantsPage(request);
        byte[] body = page ? page(problem).getBytes(StandardCharsets.UTF_8) : json(problem);
        response.setChunked(false)
                .setStatusCode(problem.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, page ? "text/html;charset=utf-8" : ProblemDocument.CONTENT_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (problem.code() == ProblemCode.SESSION_NOT_READY) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(REFRESH_SECONDS));
        } else if (problem.code() == ProblemCode.STORE_UNREACHABLE) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(StoreOutage.RETRY_AFTER));
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
        connections.drain(request);
    }

    private static boolean wantsPage(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html") && !Headers.isWebSocketUpgrade(request);
    }

    private byte[] json(Problem problem) {
        try {
            return json.writeValueAsBytes(ProblemDocument.of(problem, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    private static String page(Problem problem) {
        String refresh = problem.code() == ProblemCode.SESSION_NOT_READY
                ? "<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\">"
                : "";
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">%s<title>%s</title>
                <style>
                :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
                main { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
                h1 { font-size: 1.4rem; margin: 0 0 .5rem }
                p { margin: .4rem 0 }
                small { opacity: .65 }
                </style></head>
                <body><main><h1>%s</h1><p>%s</p><p>%s</p><p><small>%s</small></p></main></body>
                </html>
                """.formatted(
                        refresh,
                        escape(problem.code().title()),
                        escape(problem.code().title()),
                        escape(problem.what()),
                        escape(problem.remedy()),
                        problem.code().label());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
