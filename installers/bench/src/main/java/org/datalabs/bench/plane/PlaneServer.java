package org.datalabs.bench.plane;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.backend.http.HttpFront;
import org.datalabs.backend.proxy.AdmissionService;
import org.datalabs.backend.proxy.AdmissionStore;
import org.datalabs.backend.proxy.DataPlane;
import org.datalabs.backend.proxy.DataPlaneClient;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.SessionRuntime;
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

/**
 * The backend's data plane, behind the backend's own listener, with two web sessions and a desktop that run elsewhere.
 * Arguments: the ports of their servers. Prints the port and a ticket for each.
 */
public final class PlaneServer {
    static final SessionId WEB = new SessionId("webwebwebwebwebw");
    static final SessionId SOCKETS = new SessionId("socketssocketsso");
    static final SessionId DESKTOP = new SessionId("desktopdesktopde");

    private static final UserId USER = new UserId("bench");

    private PlaneServer() {}

    public static void main(String[] arguments) {
        Map<SessionId, Endpoint> endpoints = Map.of(
                WEB, new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[0])),
                SOCKETS, new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[1])),
                DESKTOP, new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[2])));
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
        SessionDirectory sessions = new Directory(Map.of(
                WEB, entry(WEB, Kind.WEB), SOCKETS, entry(SOCKETS, Kind.WEB), DESKTOP, entry(DESKTOP, Kind.DESKTOP)));
        Clock clock = Clock.systemUTC();
        SessionOrigins origins = SessionOrigins.onPaths();
        AdmissionService admissions = new AdmissionService(new Memory(), sessions, origins, clock, new SecureRandom());
        DataPlane plane = new DataPlane(
                vertx,
                sessions,
                runtime(endpoints),
                admissions,
                authorization -> Optional.empty(),
                origins,
                new DataPlaneClient(vertx),
                clock);
        HttpFront front = HttpFront.listen(
                vertx,
                DataPlane.prepare(new HttpServerOptions()),
                "127.0.0.1",
                0,
                List.of(),
                authorization -> Optional.empty(),
                List.of(plane::take));
        System.out.println("web " + admissions.issue(WEB, USER, false).path());
        System.out.println("sockets " + admissions.issue(SOCKETS, USER, false).path());
        System.out.println("desktop " + admissions.issue(DESKTOP, USER, false).path());
        System.out.println("port " + front.port());
    }

    private static SessionDirectory.Entry entry(SessionId id, Kind kind) {
        Instant now = Instant.now();
        Session session = new Session(
                id,
                USER,
                "Bench",
                new DatalabId("bench"),
                "Bench",
                "1",
                kind,
                Home.PERSONAL,
                new Resources(1, 1L << 30, 0),
                List.of(),
                Map.of(),
                Desired.RUNNING,
                new SessionState.Ready(now),
                now,
                now.plus(Duration.ofDays(1)),
                null,
                1);
        Version version = new Version(
                "1",
                LocalDate.EPOCH,
                null,
                null,
                1,
                "{base}",
                "",
                "token {token}",
                null,
                Home.PERSONAL,
                "",
                null,
                false);
        return new SessionDirectory.Entry(session, version, "own-token");
    }

    /** An engine that is asked for endpoints only. */
    private static SessionRuntime runtime(Map<SessionId, Endpoint> endpoints) {
        return (SessionRuntime) Proxy.newProxyInstance(
                SessionRuntime.class.getClassLoader(),
                new Class<?>[] {SessionRuntime.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("endpoint")) {
                        return Optional.ofNullable(endpoints.get(arguments[0]));
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private record Directory(Map<SessionId, Entry> entries) implements SessionDirectory {
        @Override
        public Optional<Entry> find(SessionId session) {
            return Optional.ofNullable(entries.get(session));
        }

        @Override
        public void used(SessionId session, Instant at) {}
    }

    private static final class Memory implements AdmissionStore {
        private final Map<String, Grant> tickets = new ConcurrentHashMap<>();
        private final Map<String, Grant> admissions = new ConcurrentHashMap<>();

        @Override
        public void addTicket(Grant ticket, Instant now) {
            tickets.put(ticket.hash(), ticket);
        }

        @Override
        public Optional<Grant> takeTicket(String hash, SessionId session, Instant now) {
            return Optional.ofNullable(tickets.remove(hash));
        }

        @Override
        public void addAdmission(Grant admission) {
            admissions.put(admission.hash(), admission);
        }

        @Override
        public Optional<Grant> admission(String hash, SessionId session, Instant now) {
            return Optional.ofNullable(admissions.get(hash));
        }

        @Override
        public void revoke(SessionId session) {}

        @Override
        public void retain(Set<UserId> users) {}
    }
}
