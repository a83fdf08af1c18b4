package org.datalabs.bench.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.datalabs.bench.measure.MeasurementException;

/**
 * One idle WebSocket to each of many sessions. Most would answer what they are sent; every tenth is abandoned: open, never
 * read from again, and never closed.
 */
final class Visitors implements AutoCloseable {
    private static final int AT_ONCE = 50;
    private static final int ABANDONED = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final WebSocketClient client;
    private final URI address;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<String> firstRefusal = new AtomicReference<>("");

    Visitors(Vertx vertx, URI address) {
        this.address = address;
        this.client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(20_000).setTryUsePerMessageCompression(false));
    }

    /** Opens one to each of {@code sessions}; returns when all are open. */
    void visit(List<Fleet.Member> sessions) {
        Semaphore free = new Semaphore(AT_ONCE);
        try {
            for (int number = 0; number < sessions.size(); number++) {
                if (!free.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new MeasurementException("The WebSockets do not open any more.");
                }
                boolean abandoned = number % ABANDONED == 0;
                Fleet.Member member = sessions.get(number);
                client.connect(new WebSocketConnectOptions()
                                .setHost(address.getHost())
                                .setPort(address.getPort())
                                .setURI("/s/" + member.session().value() + "/idle")
                                .addHeader("Authorization", "Bearer " + ClusterBackend.token(member.user())))
                        .onComplete(connected -> {
                            if (connected.succeeded()) {
                                stay(connected.result(), abandoned);
                            } else {
                                refused.incrementAndGet();
                                firstRefusal.compareAndSet("", String.valueOf(connected.cause()));
                            }
                            free.release();
                        });
            }
            if (!free.tryAcquire(AT_ONCE, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new MeasurementException("The last WebSockets do not open.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
        if (refused.get() > 0) {
            throw new MeasurementException(
                    refused.get() + " WebSockets were refused, the first: " + firstRefusal.get());
        }
    }

    private void stay(WebSocket socket, boolean abandoned) {
        open.incrementAndGet();
        socket.closeHandler(closed -> open.decrementAndGet());
        socket.exceptionHandler(failure -> {});
        if (abandoned) {
            socket.pause();
        }
    }

    int open() {
        return open.get();
    }

    @Override
    public void close() {
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}
