package org.datalabs.backend.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.datalabs.backend.catalogue.CatalogueRoutes;
import org.datalabs.backend.catalogue.CatalogueService;
import org.datalabs.backend.events.EventHub;
import org.datalabs.backend.events.EventRoutes;
import org.datalabs.backend.http.HttpFront;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.identity.IdentityRoutes;
import org.datalabs.backend.identity.TokenAuthenticator;
import org.datalabs.backend.proxy.AdmissionService;
import org.datalabs.backend.proxy.DataPlane;
import org.datalabs.backend.proxy.DataPlaneClient;
import org.datalabs.backend.proxy.DataPlaneProbe;
import org.datalabs.backend.proxy.JupyterActivity;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.ActivityWatch;
import org.datalabs.backend.session.Deadlines;
import org.datalabs.backend.session.DiskSpace;
import org.datalabs.backend.session.History;
import org.datalabs.backend.session.LaunchService;
import org.datalabs.backend.session.Reconciler;
import org.datalabs.backend.session.Responsibility;
import org.datalabs.backend.session.SessionBook;
import org.datalabs.backend.session.SessionRoutes;
import org.datalabs.backend.session.SessionService;
import org.datalabs.backend.session.UsageRecorder;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.Stores;
import org.datalabs.backend.volume.VolumeRoutes;
import org.datalabs.backend.volume.VolumeService;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Json;
import org.datalabs.core.identity.User;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: everything wired, and closed in the opposite order. */
final class BackendServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendServer.class);

    private static final Deadlines DEADLINES = Deadlines.DEFAULT;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean ready;
    private int port;

    private BackendServer() {}

    /**
     * Starts the service in a folder that the caller holds.
     *
     * @param user the one user whom {@code token} proves
     * @throws ProblemException when it cannot start; nothing of it is left running
     */
    static BackendServer start(
            Arguments arguments, StateFolder state, String token, User user, Engine engine, Clock clock) {
        BackendServer server = new BackendServer();
        try {
            server.wire(arguments, state, token, user, engine, clock);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Refuses new work, lets requests finish, then ends sessions' watch, the sessions of a local engine, and the store. */
    @Override
    public void close() {
        ready = false;
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part of the service could not be closed", e);
            }
        }
    }

    private void wire(Arguments arguments, StateFolder state, String token, User user, Engine engine, Clock clock) {
        ObjectMapper json = Json.lenient();
        // Opening the database, the event loops and the engine have nothing to do with each other.
        CompletableFuture<Vertx> loops = CompletableFuture.supplyAsync(BackendServer::vertx);
        CompletableFuture<SessionRuntime> engines = CompletableFuture.supplyAsync(() -> runtime(engine, state, clock));
        Database database;
        SessionRuntime runtime;
        Vertx vertx;
        try {
            database = opened(Database.openFile(state.database(), clock));
        } finally {
            vertx = joined(loops);
            open.push(() ->
                    vertx.close().toCompletionStage().toCompletableFuture().join());
            runtime = opened(joined(engines));
        }
        RuntimeDescription description = runtime.describe();
        Stores stores = new Stores(database, new MachineQuota(arguments.sessions(), description.total()), clock, json);
        stores.know(user);
        EventHub events = opened(new EventHub(stores.events(), json, clock));
        stores.onEvents(events::wake);
        CatalogueService catalogue = opened(
                new CatalogueService(arguments.catalogue(), runtime, stores.marks(), clock, revision -> stores.events()
                        .append(null, new DatazoneEvent.CatalogueChanged(revision))));
        catalogue.start();
        VolumeService volumes =
                new VolumeService(engine.volumes(state.folder(), clock), stores.volumes(), state.folder());
        SessionBook book = new SessionBook(stores.sessions());
        AdmissionService admissions = new AdmissionService(stores.admissions(), book, clock, new SecureRandom());
        book.onEnd(admissions::revoke);
        SessionService sessions = new SessionService(stores.sessions(), book, runtime, admissions::issue, clock);
        LaunchService launches = new LaunchService(
                catalogue, volumes, runtime, stores.sessions(), book, new DiskSpace(state::usableBytes), clock, json);
        UsageRecorder usage = opened(new UsageRecorder(runtime, book, events, clock));
        opened(new History(stores.sessions(), runtime, clock)).start();
        DataPlaneClient client = opened(new DataPlaneClient(vertx));
        ActivityWatch activities = opened(new ActivityWatch(
                book, runtime, Responsibility.all(), usage, new JupyterActivity(vertx, client), clock));
        Reconciler reconciler = opened(new Reconciler(
                book,
                runtime,
                new DataPlaneProbe(vertx, client),
                volumes,
                Responsibility.all(),
                activities::isBusy,
                clock,
                DEADLINES));
        TokenAuthenticator authenticator = new TokenAuthenticator(token, user);
        DataPlane plane = opened(new DataPlane(
                vertx,
                book,
                runtime,
                admissions,
                authorization -> authenticator.user(authorization).map(User::id),
                client,
                clock));
        Supplier<DatazoneInfo> info = () -> info(arguments, description, database, catalogue);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SystemRoutes(info, runtime::capacity, () -> ready).routes());
        routes.addAll(new IdentityRoutes(sessions::quota).routes());
        routes.addAll(new CatalogueRoutes(catalogue).routes());
        routes.addAll(new VolumeRoutes(volumes).routes());
        routes.addAll(new SessionRoutes(launches, sessions, usage, vertx).routes());
        routes.addAll(new EventRoutes(events, vertx).routes());
        HttpFront front = opened(HttpFront.listen(
                vertx,
                DataPlane.prepare(new HttpServerOptions()),
                arguments.host(),
                arguments.port(),
                routes,
                authenticator,
                List.of(plane::mount)));
        port = front.port();
        // Open streams would keep the front from draining, so they end first.
        open.push(events::endStreams);
        reconciler.start();
        usage.start();
        activities.start();
        ready = true;
        LOG.info("serving {} on port {}", description.name(), port);
    }

    private static DatazoneInfo info(
            Arguments arguments, RuntimeDescription description, Database database, CatalogueService catalogue) {
        List<String> notices = new ArrayList<>(description.notices());
        database.notice().ifPresent(notices::add);
        catalogue.notice().ifPresent(notices::add);
        String version = Optional.ofNullable(BackendServer.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new DatazoneInfo(
                arguments.name(),
                description.description(),
                description.name(),
                version,
                description.total(),
                idleMinutes(DEADLINES.idle()),
                notices);
    }

    private static @Nullable Integer idleMinutes(@Nullable Duration idle) {
        return idle == null ? null : (int) idle.toMinutes();
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static SessionRuntime runtime(Engine engine, StateFolder state, Clock clock) {
        try {
            return engine.runtime(state.folder(), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the engine cannot use the state folder", e);
        }
    }

    /** Few threads: the service is small, and each costs memory. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }
}
