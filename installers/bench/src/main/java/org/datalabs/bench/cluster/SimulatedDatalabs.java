package org.datalabs.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.bench.measure.MeasurementException;

/**
 * One server that answers at every address of a block that RFC 2544 keeps for measurements: a GET with 200, a WebSocket with
 * what it is sent. The block is routed to this machine's loopback device while this is open; who comes from elsewhere is
 * turned away.
 */
final class SimulatedDatalabs implements AutoCloseable {
    static final int PORT = 10_000;

    private static final String BLOCK = "198.18.0.0/16";
    private static final String BEGINNING = "198.18.";
    private static final int MOST = 64_000;

    private final HttpServer server;
    private final AtomicInteger sockets = new AtomicInteger();
    /** For a measurement that is broken off. */
    private final Thread hook = new Thread(
            () -> {
                try {
                    ip("del");
                } catch (IOException e) {
                    // It harms nobody: the block belongs to no machine.
                }
            },
            "end of a route");

    SimulatedDatalabs(Vertx vertx) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        ip("replace");
        HttpServerOptions options = new HttpServerOptions()
                .setHost("0.0.0.0")
                .setPort(PORT)
                .setAcceptBacklog(4096)
                .setPerMessageWebSocketCompressionSupported(false);
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    SocketAddress own = connection.localAddress();
                    if (own == null || !String.valueOf(own.hostAddress()).startsWith(BEGINNING)) {
                        connection.close();
                    }
                })
                .webSocketHandler(this::greet)
                .requestHandler(request -> request.response().end("ready"));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** The address of a datalab by its number; numbers come again after some ten thousand. */
    static String address(int number) {
        int place = number % MOST;
        return BEGINNING + place / 250 + "." + (1 + place % 250);
    }

    /** WebSockets that are open here. */
    int sockets() {
        return sockets.get();
    }

    private void greet(ServerWebSocket socket) {
        sockets.incrementAndGet();
        socket.closeHandler(closed -> sockets.decrementAndGet());
        socket.textMessageHandler(socket::writeTextMessage);
    }

    @Override
    public void close() throws IOException {
        server.close().toCompletionStage().toCompletableFuture().join();
        ip("del");
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is at work.
        }
    }

    private static void ip(String verb) throws IOException {
        Process process = new ProcessBuilder(List.of("ip", "route", verb, "local", BLOCK, "dev", "lo"))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && !verb.equals("del")) {
                throw new MeasurementException("Simulated datalabs need addresses of this machine: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }
}
