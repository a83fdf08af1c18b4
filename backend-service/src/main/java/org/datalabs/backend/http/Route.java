package org.datalabs.backend.http;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A route of the API: how it is matched, what it takes and answers, and the handler.
 *
 * @param method HTTP method
 * @param template path whose <code>{name}</code> segments match any one segment
 * @param summary one sentence for the API's description
 * @param query query parameters it takes; others are refused
 * @param headers request headers with a meaning to it
 * @param body form of the request body, or null for none
 * @param bodyRequired whether there must be one
 * @param answers forms of its bodies by status; null for a status without a body or not in JSON
 * @param open whether it answers without sign-in
 * @param handler called on a worker; may block and may throw ProblemException
 */
public record Route(
        HttpMethod method,
        String template,
        String summary,
        List<Parameter> query,
        List<Parameter> headers,
        @Nullable Class<?> body,
        boolean bodyRequired,
        Map<Integer, Optional<Shape>> answers,
        boolean open,
        Function<ApiRequest, Answer> handler) {

    public Route {
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    public static Builder get(String template) {
        return new Builder(HttpMethod.GET, template);
    }

    public static Builder post(String template) {
        return new Builder(HttpMethod.POST, template);
    }

    public static Builder put(String template) {
        return new Builder(HttpMethod.PUT, template);
    }

    public static Builder patch(String template) {
        return new Builder(HttpMethod.PATCH, template);
    }

    public static Builder delete(String template) {
        return new Builder(HttpMethod.DELETE, template);
    }

    /** Collects a route; not thread-safe. */
    public static final class Builder {
        private final HttpMethod method;
        private final String template;
        private final List<Parameter> query = new ArrayList<>();
        private final List<Parameter> headers = new ArrayList<>();
        private final Map<Integer, Optional<Shape>> answers = new LinkedHashMap<>();
        private String summary = "";
        private @Nullable Class<?> body;
        private boolean bodyRequired;
        private boolean open;

        private Builder(HttpMethod method, String template) {
            this.method = method;
            this.template = template;
        }

        public Builder summary(String text) {
            summary = text;
            return this;
        }

        public Builder query(Parameter... parameters) {
            query.addAll(List.of(parameters));
            return this;
        }

        public Builder header(Parameter parameter) {
            headers.add(parameter);
            return this;
        }

        public Builder body(Class<?> type) {
            body = type;
            bodyRequired = true;
            return this;
        }

        /** A body that may be left out. */
        public Builder optionalBody(Class<?> type) {
            body = type;
            bodyRequired = false;
            return this;
        }

        public Builder answers(int status, Shape shape) {
            answers.put(status, Optional.of(shape));
            return this;
        }

        public Builder answers(int status) {
            answers.put(status, Optional.empty());
            return this;
        }

        /** Needs no sign-in. */
        public Builder open() {
            open = true;
            return this;
        }

        public Route by(Function<ApiRequest, Answer> handler) {
            return new Route(method, template, summary, query, headers, body, bodyRequired, answers, open, handler);
        }
    }
}
