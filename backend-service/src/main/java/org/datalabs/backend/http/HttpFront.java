package org.datalabs.backend.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.datalabs.core.api.Json;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/** The listener of API and data plane: one port, one set of guards. Thread-safe. */
public final class HttpFront implements AutoCloseable {
    private static final int API_WORKERS = 6;

    /** What Vert.x calls any free port that several servers share. */
    private static final int ANY_SAME_PORT = -1;

    private static final int DRAIN_SECONDS = 3;

    /** In the place of an id, for a request that got none because it could not be read. */
    private static final String UNREAD = "unread";

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final List<HttpServer> servers;
    private final WorkerExecutor workers;

    private final List<Runnable> streams = new CopyOnWriteArrayList<>();

    private HttpFront(List<HttpServer> servers, WorkerExecutor workers) {
        this.servers = servers;
        this.workers = workers;
    }

    /**
     * Listens and serves.
     *
     * @param settings what the parts need of the server
     * @param host address to listen on; on a loopback address only requests that name the loopback host are served, so
     *     that a page of another site cannot reach the service by a name that it made point here (DNS rebinding)
     * @param port port to listen on, 0 for any free one
     * @param routes the API
     * @param authenticator who may call it
     * @param parts what is asked before the API whether a request is its own, such as the data plane; answers for
     *     itself if it is
     * @throws ProblemException PORT_IN_USE when the port cannot be had
     */
    public static HttpFront listen(
            Vertx vertx,
            HttpServerOptions settings,
            String host,
            int port,
            Collection<Route> routes,
            Authenticator authenticator,
            List<Predicate<HttpServerRequest>> parts) {
        List<Route> all = new ArrayList<>(routes);
        all.add(OpenApi.route(all));
        HttpServerOptions options =
                new HttpServerOptions(settings).setHost(host).setPort(port == 0 ? ANY_SAME_PORT : port);
        ProblemAnswers problems = new ProblemAnswers(Json.lenient());
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("api", API_WORKERS, 1, TimeUnit.MINUTES);
        RequestIds ids = new RequestIds();
        boolean loopback = isLoopback(host);
        Router router = Router.router(vertx);
        router.route()
                .handler(new ApiHandler(
                        new RouteTable(all), authenticator, workers, Json.lenient(), Json.strict(), problems));
        router.route().failureHandler(routing -> {
            HttpServerResponse response = routing.response();
            problems.write(response, failure(routing, problems), RequestIds.of(response));
        });
        byte[] brokenBody = problems.bytes(unreadable("Send its body in the chunks that it announces."), UNREAD);
        Handler<HttpServerRequest> handler = request -> {
            ids.assign(request.response());
            Optional<Problem> refusal = guard(request, loopback);
            if (refusal.isPresent()) {
                problems.write(request.response(), refusal.get(), RequestIds.of(request.response()));
            } else if (!isTaken(request, parts, problems)) {
                router.handle(request);
            }
        };
        List<HttpServer> servers = new CopyOnWriteArrayList<>();
        Supplier<Deployable> listeners = () -> new VerticleBase() {
            @Override
            public Future<?> start() {
                HttpServer server = vertx.createHttpServer(options)
                        .connectionHandler(connection -> {
                            StrictRequestDecoder.replaceIn(connection, options);
                            BrokenBodies.watch(connection, brokenBody);
                            SilentPeers.ask(connection);
                        })
                        .invalidRequestHandler(request -> refuseUnreadable(request, problems))
                        .requestHandler(handler);
                return server.listen().onSuccess(servers::add);
            }
        };
        try {
            // A connection stays on the event loop of the server that took it, so there is a server for each processor.
            DeploymentOptions many =
                    new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
            vertx.deployVerticle(listeners, many)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            workers.close();
            throw notListening(host, port, e);
        }
        return new HttpFront(List.copyOf(servers), workers);
    }

    private static boolean isTaken(
            HttpServerRequest request, List<Predicate<HttpServerRequest>> parts, ProblemAnswers problems) {
        HttpServerResponse response = request.response();
        try {
            for (Predicate<HttpServerRequest> part : parts) {
                if (part.test(request)) {
                    return true;
                }
            }
            return false;
        } catch (RuntimeException e) {
            if (response.headWritten()) {
                response.reset();
            } else {
                problems.write(response, problems.of(e, RequestIds.of(response), Map.of()), RequestIds.of(response));
            }
            return true;
        }
    }

    /** The port that was bound. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** Calls {@code end} before it closes: it ends streams that would never end by themselves. */
    public void endsFirst(Runnable end) {
        streams.add(end);
    }

    /** Ends streams, takes no new connections, lets requests in work finish for a few seconds, then closes. */
    @Override
    public void close() {
        streams.forEach(Runnable::run);
        Future.join(servers.stream()
                        .map(server -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        workers.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Optional<Problem> guard(HttpServerRequest request, boolean loopback) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return Optional.of(Problem.of(
                    ProblemCode.BAD_REQUEST,
                    "The request names no host.",
                    "Send one Host header (RFC 9112, section 3.2)."));
        }
        if (loopback && !isLoopbackName(authority.host().toLowerCase(Locale.ROOT))) {
            return Optional.of(Problem.of(
                    ProblemCode.FORBIDDEN,
                    "This datazone serves only its own machine, and the request names another host.",
                    "Use the address http://127.0.0.1 with the datazone's port."));
        }
        return Optional.empty();
    }

    /** Names below localhost cannot be made to point elsewhere either: RFC 6761, section 6.3. */
    private static boolean isLoopbackName(String host) {
        return LOOPBACK_NAMES.contains(host) || host.endsWith(".localhost");
    }

    private static Problem failure(RoutingContext routing, ProblemAnswers problems) {
        Throwable failure = routing.failure();
        if (failure == null) {
            return Problem.of(ProblemCode.BAD_REQUEST, "The request cannot be read.", "Correct it and try again.");
        }
        return problems.of(failure, RequestIds.of(routing.response()), routing.pathParams());
    }

    private static void refuseUnreadable(HttpServerRequest request, ProblemAnswers problems) {
        Throwable cause = request.decoderResult().cause();
        boolean large = cause instanceof io.netty.handler.codec.http.TooLongHttpHeaderException
                || cause instanceof io.netty.handler.codec.http.TooLongHttpLineException;
        request.response().putHeader("Connection", "close");
        problems.write(
                request.response(),
                large
                        ? Problem.of(
                                ProblemCode.TOO_LARGE,
                                "The request's address or headers are too large.",
                                "Send shorter ones.")
                        : unreadable("State its length once, and follow RFC 9112."),
                UNREAD);
        request.connection().close();
    }

    private static Problem unreadable(String remedy) {
        return Problem.of(ProblemCode.BAD_REQUEST, "The request is not valid HTTP/1.1.", remedy);
    }

    private static ProblemException notListening(String host, int port, CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof BindException || text.contains("Address already in use")) {
            return new ProblemException(
                    Problem.of(
                            ProblemCode.PORT_IN_USE,
                            "Port " + port + " of " + host + " is in use by another program.",
                            "End that program or choose another port with --listen."),
                    cause);
        }
        return new ProblemException(
                Problem.of(
                        ProblemCode.PORT_IN_USE,
                        "The service cannot listen on " + host + ":" + port + ": " + text + ".",
                        "Choose another address with --listen."),
                cause);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
