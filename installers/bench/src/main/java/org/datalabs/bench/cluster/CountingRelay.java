package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Stands between the service and the API server and counts what the service asks: the API server's own metrics do not tell
 * its clients apart. Lets in only who has its token, on the loopback address. Thread-safe.
 */
final class CountingRelay implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_GATEWAY = 502;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final String token = UUID.randomUUID().toString();
    private final HttpServer server;
    private final HttpClient client;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    CountingRelay(Vertx vertx, Config cluster) {
        URI address = URI.create(cluster.getMasterUrl());
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(pem(cluster.getCaCertData())))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(pem(cluster.getClientCertData()))
                        .addKeyValue(pem(cluster.getClientKeyData())))
                .setDefaultHost(address.getHost())
                .setDefaultPort(address.getPort())
                .setDecompressionSupported(false);
        client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::relay);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    private static Buffer pem(String base64) {
        return Buffer.buffer(Base64.getDecoder().decode(base64));
    }

    /** Writes a file that names this as the cluster. */
    String kubeconfig(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters: [{name: relay, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: relay, user: {token: "%s"}}]
                contexts: [{name: relay, context: {cluster: relay, user: relay}}]
                current-context: relay
                """.formatted(server.actualPort(), token));
        return file.toString();
    }

    /** All requests so far. */
    long count() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Requests so far by what they asked. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }

    /** What has come to {@link #counts} since, most first. */
    static String told(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue() - before.getOrDefault(each.getKey(), 0L)))
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private void relay(HttpServerRequest request) {
        if (!("Bearer " + token).equals(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            request.response().setStatusCode(UNAUTHORIZED).end();
            return;
        }
        counts.computeIfAbsent(kind(request), what -> new LongAdder()).increment();
        request.pause();
        boolean upgrade = request.headers().contains(HttpHeaders.UPGRADE);
        client.request(new RequestOptions().setMethod(request.method()).setURI(request.uri()))
                .onFailure(
                        failure -> request.response().setStatusCode(BAD_GATEWAY).end())
                .onSuccess(out -> {
                    out.exceptionHandler(failure -> {});
                    request.response().exceptionHandler(failure -> {});
                    request.response().closeHandler(gone -> out.reset());
                    copy(request.headers(), out.headers(), upgrade);
                    if (upgrade) {
                        join(request, out);
                    } else {
                        out.send(request)
                                .onSuccess(answer -> pass(request, answer))
                                .onFailure(failure -> request.connection().close());
                    }
                });
    }

    /** Verb and resource, such as {@code get pods} or {@code watch nodes}. */
    private static String kind(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String[] parts = path.split("/");
        int last = parts.length - 1;
        boolean one = parts.length % 2 == (path.startsWith("/apis/") ? 0 : 1);
        String resource = parts.length < 4 ? path : parts[one ? last - 1 : last];
        boolean watches = "true".equals(request.getParam("watch"));
        return (watches ? "watch" : request.method().name().toLowerCase(Locale.ROOT)) + " " + resource;
    }

    private static void copy(MultiMap from, MultiMap to, boolean upgrade) {
        from.forEach(header -> {
            String name = header.getKey();
            boolean own = name.equalsIgnoreCase("Host")
                    || name.equalsIgnoreCase("Authorization")
                    || (!upgrade && (name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Upgrade")));
            if (!own) {
                to.add(name, header.getValue());
            }
        });
    }

    private static void pass(HttpServerRequest request, HttpClientResponse answer) {
        request.response().setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> request.response().putHeader(header.getKey(), header.getValue()));
        if (!answer.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            request.response().setChunked(true);
        }
        answer.pipeTo(request.response()).onFailure(cut -> request.connection().close());
    }

    private static void join(HttpServerRequest request, HttpClientRequest out) {
        out.connect().onFailure(failure -> request.connection().close()).onSuccess(answer -> {
            if (answer.statusCode() != SWITCHING_PROTOCOLS) {
                pass(request, answer);
                return;
            }
            NetSocket server = answer.netSocket();
            server.pause();
            answer.headers().forEach(header -> request.response().headers().set(header.getKey(), header.getValue()));
            request.toNetSocket().onFailure(failure -> server.close()).onSuccess(own -> {
                server.pipeTo(own);
                own.pipeTo(server);
            });
        });
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}
