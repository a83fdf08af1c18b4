package org.datalabs.backend.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/**
 * What operators' machinery asks, on a port of its own that users do not reach: metrics in Prometheus' text form, whether
 * the process lives, and whether requests are welcome. It serves from before the database is there until all else is
 * closed. Thread-safe.
 */
final class Management implements AutoCloseable {
    private static final String METRICS = "/metrics";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final Metrics metrics;

    private Management(HttpServer server, Metrics metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * Listens and serves.
     *
     * @throws ProblemException PORT_IN_USE when the address cannot be had
     */
    static Management listen(Vertx vertx, Configuration.Address address, BooleanSupplier ready) {
        Metrics metrics = new Metrics();
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(address.host()).setPort(address.port()))
                .requestHandler(request -> answer(vertx, request, metrics, ready));
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.PORT_IN_USE,
                            "The service cannot listen on " + address.host() + ":" + address.port() + ".",
                            "Choose another address as management in the settings."),
                    e.getCause());
        }
        return new Management(server, metrics);
    }

    Metrics metrics() {
        return metrics;
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        metrics.close();
    }

    private static void answer(Vertx vertx, HttpServerRequest request, Metrics metrics, BooleanSupplier ready) {
        HttpServerResponse response = request.response().putHeader("Content-Type", "text/plain; charset=utf-8");
        String path = String.valueOf(request.path());
        switch (path) {
            case ApiPaths.HEALTH -> response.setStatusCode(OK).end("up\n");
            case ApiPaths.READY -> {
                boolean welcome = ready.getAsBoolean();
                response.setStatusCode(welcome ? OK : UNAVAILABLE).end(welcome ? "ready\n" : "not ready\n");
            }
            case METRICS ->
                vertx.executeBlocking(metrics::text, false)
                        .onSuccess(text -> response.putHeader("Content-Type", Metrics.CONTENT_TYPE)
                                .end(text))
                        .onFailure(
                                failure -> response.setStatusCode(UNAVAILABLE).end("no metrics\n"));
            default -> response.setStatusCode(NOT_FOUND).end("nothing here\n");
        }
    }
}
