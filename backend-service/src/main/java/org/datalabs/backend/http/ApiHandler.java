package org.datalabs.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.datalabs.core.identity.User;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.slf4j.MDC;

/**
 * Serves the routes of the API: matches, authenticates, bounds and reads the request on the event loop, lets the route
 * answer on a worker, and writes its answer. Thread-safe.
 */
final class ApiHandler implements Handler<RoutingContext> {
    static final int MOST_BODY_BYTES = 64 * 1024;
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final RouteTable table;
    private final Authenticator authenticator;
    private final WorkerExecutor workers;
    private final ObjectMapper json;
    private final RequestBodies bodies;
    private final ProblemAnswers problems;

    ApiHandler(
            RouteTable table,
            Authenticator authenticator,
            WorkerExecutor workers,
            ObjectMapper json,
            ObjectMapper strictJson,
            ProblemAnswers problems) {
        this.table = table;
        this.authenticator = authenticator;
        this.workers = workers;
        this.json = json;
        this.bodies = new RequestBodies(strictJson);
        this.problems = problems;
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        String id = RequestIds.of(response);
        secure(response);
        // Who may not read the list of routes learns nothing from it, so sign-in comes before 404 and 405.
        Optional<User> user = authenticator.user(request.getHeader("Authorization"));
        Optional<RouteTable.Match> found = table.find(request.method(), path(request));
        boolean open = found.isPresent() && found.get().route().open();
        if (!open && user.isEmpty()) {
            refuse(
                    request,
                    id,
                    Problem.of(
                            ProblemCode.NOT_SIGNED_IN,
                            "The request does not prove who sends it.",
                            "Send the datazone's token as a bearer token."));
            return;
        }
        if (found.isEmpty()) {
            refuse(request, id, noRoute(request, response));
            return;
        }
        RouteTable.Match match = found.get();
        Optional<Problem> refusal = unfit(request, match.route());
        if (refusal.isPresent()) {
            refuse(request, id, refusal.get());
            return;
        }
        Context context = routing.vertx().getOrCreateContext();
        if (match.route().body() != null && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        collect(request, id, body -> {
            ApiRequest api = new ApiRequest(
                    id, user.orElse(null), match.path(), request.params(), request.headers(), body, bodies);
            workers.<Answer>executeBlocking(() -> answer(match, api), false)
                    .onComplete(
                            answer -> context.runOnContext(
                                    done -> write(response, request.method(), answer, id, match, context)),
                            failure -> context.runOnContext(done -> fail(response, failure, id, match)));
        });
    }

    /** Whatever is logged meanwhile names the request. */
    private static Answer answer(RouteTable.Match match, ApiRequest request) {
        String session = match.path().get("session");
        try (MDC.MDCCloseable about = MDC.putCloseable("request", request.id());
                MDC.MDCCloseable which = session == null ? null : MDC.putCloseable("session", session)) {
            return match.route().handler().apply(request);
        }
    }

    private Problem noRoute(HttpServerRequest request, HttpServerResponse response) {
        var methods = table.methods(path(request));
        if (methods.isEmpty()) {
            return Problem.of(
                    ProblemCode.NOT_FOUND,
                    "There is nothing at this address.",
                    "Check the path; the API's description is at /api/v1/openapi.json.");
        }
        String allowed = String.join(", ", methods);
        response.putHeader("Allow", allowed);
        return Problem.of(
                ProblemCode.METHOD_NOT_ALLOWED,
                "This address does not take " + request.method().name() + ".",
                "Use one of: " + allowed + ".");
    }

    private static Optional<Problem> unfit(HttpServerRequest request, Route route) {
        Set<String> known = route.query().stream().map(Parameter::name).collect(Collectors.toUnmodifiableSet());
        for (String name : request.params().names()) {
            if (!known.contains(name)) {
                return Optional.of(Problem.field(
                        name,
                        known.isEmpty()
                                ? "This address takes no query parameters."
                                : "This query parameter is not known. Known are: "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()) + "."));
            }
        }
        String length = request.getHeader("Content-Length");
        if (length != null && tooLong(length)) {
            return Optional.of(tooLarge());
        }
        if (WITH_BODY.contains(request.method())
                && route.body() != null
                && (route.bodyRequired() || hasBody(request))
                && !isJson(request)) {
            return Optional.of(Problem.of(
                    ProblemCode.UNSUPPORTED_TYPE,
                    "The request body is not sent as JSON.",
                    "Send it with Content-Type: application/json."));
        }
        return Optional.empty();
    }

    private static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private static boolean tooLong(String length) {
        try {
            return Long.parseLong(length.trim()) > MOST_BODY_BYTES;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static Problem tooLarge() {
        return Problem.of(
                ProblemCode.TOO_LARGE,
                "The request body is larger than " + MOST_BODY_BYTES / 1024 + " KiB.",
                "Send a smaller one.");
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        if (type == null) {
            return false;
        }
        String media = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return media.equals("application/json");
    }

    private void collect(HttpServerRequest request, String id, Handler<Buffer> whole) {
        Buffer body = Buffer.buffer();
        boolean[] refused = new boolean[1];
        request.handler(part -> {
            if (refused[0]) {
                return;
            }
            if (body.length() + part.length() > MOST_BODY_BYTES) {
                refused[0] = true;
                refuse(request, id, tooLarge());
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (!refused[0]) {
                whole.handle(body);
            }
        });
    }

    /** Answers before the body was read: the connection cannot be used again, so that nobody must send the rest. */
    private void refuse(HttpServerRequest request, String id, Problem problem) {
        if (hasBody(request)) {
            request.response().putHeader("Connection", "close");
        }
        problems.write(request.response(), problem, id);
    }

    private void write(
            HttpServerResponse response,
            HttpMethod method,
            Answer answer,
            String id,
            RouteTable.Match match,
            Context context) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (answer instanceof Answer.Body body) {
            byte[] bytes;
            try {
                bytes = json.writeValueAsBytes(body.value());
            } catch (JsonProcessingException e) {
                fail(response, e, id, match);
                return;
            }
            head(response, body.status(), body.headers());
            response.putHeader("Content-Type", "application/json");
            if (method.equals(HttpMethod.HEAD)) {
                response.putHeader("Content-Length", Integer.toString(bytes.length));
                response.end();
            } else {
                response.end(Buffer.buffer(bytes));
            }
        } else if (answer instanceof Answer.Empty empty) {
            head(response, empty.status(), empty.headers());
            response.end();
        } else if (answer instanceof Answer.Later later) {
            later.answer()
                    .whenComplete((then, failure) -> context.runOnContext(done -> {
                        if (failure == null) {
                            write(response, method, then, id, match, context);
                        } else {
                            fail(response, failure, id, match);
                        }
                    }));
        } else if (answer instanceof Answer.Stream stream) {
            stream.writer().accept(response);
        }
    }

    private static void head(HttpServerResponse response, int status, Map<String, String> headers) {
        response.setStatusCode(status);
        if (!headers.containsKey("Cache-Control")) {
            response.putHeader("Cache-Control", "no-store");
        }
        headers.forEach(response::putHeader);
    }

    private void fail(HttpServerResponse response, Throwable failure, String id, RouteTable.Match match) {
        problems.write(response, problems.of(failure, id, match.path()), id);
    }

    private static void secure(HttpServerResponse response) {
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
