package org.datalabs.backend.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a route answers. */
public sealed interface Answer {

    /** A value as JSON. */
    record Body(int status, Object value, Map<String, String> headers) implements Answer {
        public Body {
            headers = Map.copyOf(headers);
        }
    }

    /** A status without a body. */
    record Empty(int status, Map<String, String> headers) implements Answer {
        public Empty {
            headers = Map.copyOf(headers);
        }
    }

    /** An answer that comes later; no worker waits for it. */
    record Later(CompletionStage<Answer> answer) implements Answer {}

    /** A response that the route itself writes, on the event loop of the request. */
    record Stream(Consumer<HttpServerResponse> writer) implements Answer {}

    static Answer ok(Object value) {
        return new Body(200, value, Map.of());
    }

    static Answer created(Object value) {
        return new Body(201, value, Map.of());
    }

    static Answer accepted(Object value) {
        return new Body(202, value, Map.of());
    }

    static Answer nothing() {
        return new Empty(204, Map.of());
    }
}
