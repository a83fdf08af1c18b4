package org.datalabs.backend.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.identity.User;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A request to a route, read strictly: what cannot be understood is a {@link ProblemException}. Immutable. */
public final class ApiRequest {
    private final String id;
    private final @Nullable User user;
    private final Map<String, String> path;
    private final MultiMap query;
    private final MultiMap headers;
    private final Buffer body;
    private final RequestBodies bodies;

    ApiRequest(
            String id,
            @Nullable User user,
            Map<String, String> path,
            MultiMap query,
            MultiMap headers,
            Buffer body,
            RequestBodies bodies) {
        this.id = id;
        this.user = user;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.bodies = bodies;
    }

    /** Identifies the request in answers and logs. */
    public String id() {
        return id;
    }

    /** The signed-in user. */
    public User user() {
        if (user == null) {
            throw new IllegalStateException("a route without sign-in has no user");
        }
        return user;
    }

    /** The value of a variable segment of the path, decoded. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no segment " + name);
        }
        return value;
    }

    /** A query parameter; given twice it is refused. */
    public Optional<String> query(String name) {
        List<String> values = query.getAll(name);
        if (values.size() > 1) {
            throw new ProblemException(Problem.field(name, "Give it once."));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** All values of a query parameter. */
    public List<String> queries(String name) {
        return List.copyOf(query.getAll(name));
    }

    /** A query parameter as a whole number between {@code least} and {@code most}. */
    public long number(String name, long fallback, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number that is out of bounds
        }
        throw new ProblemException(Problem.field(name, "Give a whole number from " + least + " to " + most + "."));
    }

    /** A query parameter that is {@code true} or {@code false}. */
    public boolean flag(String name) {
        String text = query(name).orElse("false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ProblemException(Problem.field(name, "Give true or false."));
        };
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as {@link #body} reads it; empty when none was sent. */
    public <T> Optional<T> optionalBody(Class<T> type) {
        return body.length() == 0 ? Optional.empty() : Optional.of(body(type));
    }

    /** The body, read strictly; a field that {@code type} does not mark as nullable must be there. */
    public <T> T body(Class<T> type) {
        if (body.length() == 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "The request has no body.", "Send a JSON object as its body.");
        }
        return bodies.read(body.getBytes(), type);
    }
}
