package org.datalabs.backend.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.MovableClock;
import org.datalabs.backend.http.HttpFront;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.jspecify.annotations.Nullable;

/** A data plane on a loopback port, in front of whatever a test puts into its sessions. */
final class Plane implements AutoCloseable {
    static final UserId ADA = new UserId("ada");
    static final UserId BOB = new UserId("bob");
    static final SessionId SESSION = new SessionId("abcdefghijklmnop");
    static final String BASE = "/s/abcdefghijklmnop/";
    static final String TOKEN = "token-of-ada";
    static final String BEARER = "Bearer " + TOKEN;
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    final MovableClock clock = new MovableClock(NOW);
    final Sessions sessions = new Sessions();
    final Database database = new Database();
    final SessionOrigins origins;
    final AdmissionService admissions;
    final DataPlaneClient client = new DataPlaneClient(vertx);
    final DataPlaneProbe probe;
    final int port;
    final DataPlane dataPlane;
    private final HttpFront front;

    Plane() {
        this(SessionOrigins.onPaths());
    }

    Plane(SessionOrigins origins) {
        this.origins = origins;
        admissions = new AdmissionService(database.store(), sessions, origins, clock, new SecureRandom());
        probe = new DataPlaneProbe(vertx, client, origins);
        ApiUsers users = authorization -> authorization.equals(BEARER)
                ? Optional.of(ADA)
                : authorization.equals("Bearer token-of-bob") ? Optional.of(BOB) : Optional.empty();
        dataPlane = new DataPlane(
                vertx, sessions, sessions.runtime(), admissions, users, origins, client, Clock.systemUTC());
        front = HttpFront.listen(
                vertx,
                DataPlane.prepare(new HttpServerOptions()),
                "127.0.0.1",
                0,
                List.of(),
                authorization -> Optional.empty(),
                List.of(dataPlane::take));
        port = front.port();
    }

    /** A web session whose server is {@code endpoint}. */
    SessionDirectory.Entry web(Endpoint endpoint) {
        return put(SESSION, Kind.WEB, "{base}", null, endpoint);
    }

    SessionDirectory.Entry put(
            SessionId id, Kind kind, String basePath, @Nullable String authorization, Endpoint endpoint) {
        return sessions.put(entry(id, kind, basePath, authorization, new SessionState.Ready(NOW)), endpoint);
    }

    static SessionDirectory.Entry entry(
            SessionId id, Kind kind, String basePath, @Nullable String authorization, SessionState state) {
        Session session = new Session(
                id,
                ADA,
                "Test",
                new DatalabId("test"),
                "Test",
                "1",
                kind,
                Home.PERSONAL,
                new Resources(1, 1L << 30, 0),
                List.of(),
                Map.of(),
                Desired.RUNNING,
                state,
                NOW,
                NOW.plus(Duration.ofHours(1)),
                null,
                1);
        Version version = new Version(
                "1",
                LocalDate.EPOCH,
                null,
                null,
                10000,
                basePath,
                "api",
                authorization,
                null,
                Home.PERSONAL,
                "",
                null,
                false);
        return new SessionDirectory.Entry(session, version, "own-token");
    }

    /** Serves a handler inside the session, over TCP. */
    Endpoint serve(Handler<HttpServerRequest> handler) {
        HttpServer server = await(vertx.createHttpServer(new HttpServerOptions().setMaxHeaderSize(1 << 20))
                .requestHandler(handler)
                .listen(0, "127.0.0.1"));
        return new Endpoint.Tcp("127.0.0.1", server.actualPort());
    }

    /** Serves a handler inside the session, on a UNIX socket. */
    Endpoint serve(Path socket, Handler<HttpServerRequest> handler) {
        await(vertx.createHttpServer()
                .requestHandler(handler)
                .listen(SocketAddress.domainSocketAddress(socket.toString())));
        return new Endpoint.UnixSocket(socket);
    }

    /** A cookie that admits Ada. */
    String cookie() {
        String path = admissions.issue(SESSION, ADA, false).path();
        String ticket = path.substring(path.indexOf("dlt_"));
        return SessionCookies.name(SESSION, origins) + "="
                + admissions.enter(SESSION, ticket).orElseThrow().secret();
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        dataPlane.close();
        client.close();
        await(vertx.close());
        database.close();
    }
}
