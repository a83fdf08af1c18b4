package org.datalabs.backend.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The pooled connections to sessions, over TCP and UNIX sockets: those that carry what clients ask, and those of the
 * backend's own questions. Thread-safe.
 */
public final class DataPlaneClient implements AutoCloseable {
    static final int CHUNK_BYTES = 64 * 1024;
    static final int HEADER_BYTES = 64 * 1024;

    private static final int CONNECT_MILLIS = 2000;

    /** Below the five seconds after which many servers close idle connections, since a request may meet the closing. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    /** A server that hangs must not hold up later questions. */
    private static final int MOST_CONNECTIONS_PER_SESSION = 10_000;

    private final Vertx vertx;
    private final SessionLinks links;
    private final List<HttpClient> clients = new CopyOnWriteArrayList<>();

    /** Each event loop has connections of its own, so that both ends of an exchange are on one thread. */
    private final ThreadLocal<HttpClient> ofLoop = ThreadLocal.withInitial(this::added);

    public DataPlaneClient(Vertx vertx) {
        this.vertx = vertx;
        this.links = new SessionLinks(vertx);
    }

    private HttpClient added() {
        HttpClient client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(CHUNK_BYTES)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setDecompressionSupported(false)
                        .setTcpNoDelay(true))
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS_PER_SESSION))
                .build();
        clients.add(client);
        return client;
    }

    /** Opens a request; called on an event loop, where all of it happens. */
    Future<HttpClientRequest> request(RequestOptions options) {
        return ofLoop.get().request(options);
    }

    /** The connections that carry what clients ask of sessions. */
    SessionLinks links() {
        return links;
    }

    @Override
    public void close() {
        links.close();
        clients.forEach(HttpClient::close);
    }
}
