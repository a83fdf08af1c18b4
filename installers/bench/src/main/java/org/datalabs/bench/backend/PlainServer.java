package org.datalabs.bench.backend;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A Vert.x server that says hello: what a backend of this kind costs at the least. Prints its port. */
public final class PlainServer {
    private PlainServer() {}

    public static void main(String[] arguments) {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
        vertx.createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("port " + server.actualPort()))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }
}
