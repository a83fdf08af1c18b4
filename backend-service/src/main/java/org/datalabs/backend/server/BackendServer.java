package org.datalabs.backend.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.datalabs.backend.catalogue.CatalogueRoutes;
import org.datalabs.backend.catalogue.CatalogueService;
import org.datalabs.backend.catalogue.Datalabs;
import org.datalabs.backend.events.EventHub;
import org.datalabs.backend.events.EventRoutes;
import org.datalabs.backend.http.HttpFront;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.identity.IdentityRoutes;
import org.datalabs.backend.pool.PoolPlans;
import org.datalabs.backend.pool.WarmPools;
import org.datalabs.backend.proxy.AdmissionService;
import org.datalabs.backend.proxy.DataPlane;
import org.datalabs.backend.proxy.DataPlaneClient;
import org.datalabs.backend.proxy.DataPlaneProbe;
import org.datalabs.backend.proxy.JupyterActivity;
import org.datalabs.backend.replica.Membership;
import org.datalabs.backend.replica.ReplicaId;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.ActivityWatch;
import org.datalabs.backend.session.Deadlines;
import org.datalabs.backend.session.DiskSpace;
import org.datalabs.backend.session.History;
import org.datalabs.backend.session.LaunchService;
import org.datalabs.backend.session.QuotaPolicy;
import org.datalabs.backend.session.ReadySessions;
import org.datalabs.backend.session.Reconciler;
import org.datalabs.backend.session.Responsibility;
import org.datalabs.backend.session.SessionBook;
import org.datalabs.backend.session.SessionFollower;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.session.SessionRoutes;
import org.datalabs.backend.session.SessionService;
import org.datalabs.backend.session.UsageRecorder;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.Stores;
import org.datalabs.backend.volume.VolumeRoutes;
import org.datalabs.backend.volume.VolumeService;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.identity.User;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: everything wired, and closed in the opposite order. */
final class BackendServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendServer.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean ready;
    private volatile BooleanSupplier hears = () -> true;
    private int port;
    private int managementPort;

    private BackendServer() {}

    /**
     * Starts the service.
     *
     * @param pause waits for the given time; false when the start is to be given up
     * @throws ProblemException when it cannot start; nothing of it is left running
     */
    static BackendServer start(Configuration configuration, Engine engine, Clock clock, Predicate<Duration> pause) {
        BackendServer server = new BackendServer();
        try {
            server.wire(configuration, engine, clock, pause);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Where metrics and health are; 0 when nowhere. */
    int managementPort() {
        return managementPort;
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

    private void wire(Configuration configuration, Engine engine, Clock clock, Predicate<Duration> pause) {
        ObjectMapper json = Json.lenient();
        // Opening the database, the event loops and the engine have nothing to do with each other.
        CompletableFuture<Vertx> loops = CompletableFuture.supplyAsync(BackendServer::vertx);
        CompletableFuture<SessionRuntime> engines =
                CompletableFuture.supplyAsync(() -> runtime(engine, configuration.folder(), clock));
        Management management = null;
        Database database;
        SessionRuntime runtime;
        Vertx vertx;
        try {
            Configuration.Address address = configuration.management();
            if (address != null) {
                // Whoever watches the process sees it live while it waits for its database.
                management = Management.listen(joined(loops), address, this::isReady);
            }
            database = opened(open(configuration.storage(), clock, pause));
        } finally {
            vertx = joined(loops);
            open.push(() ->
                    vertx.close().toCompletionStage().toCompletableFuture().join());
            if (management != null) {
                opened(management);
            }
            runtime = opened(joined(engines));
        }
        RuntimeDescription description = runtime.describe();
        Stores stores = new Stores(database, quotas(configuration.allowance(), description), clock, json);
        UserDirectory users = opened(UserDirectory.of(configuration.access()));
        stores.know(users.all());
        EventHub events = opened(new EventHub(stores.events(), json, clock));
        stores.onEvents(events::wake);
        Optional<Membership> membership =
                stores.replicas().map(list -> new Membership(list, ReplicaId.random(new SecureRandom())));
        Responsibility responsibility =
                membership.<Responsibility>map(member -> member).orElseGet(Responsibility::all);
        CatalogueService catalogue = opened(new CatalogueService(
                configuration.catalogue(), runtime, stores.marks(), clock, revision -> stores.events()
                        .append(null, new DatazoneEvent.CatalogueChanged(revision))));
        catalogue.start();
        runtime.know(id -> catalogue.find(id).map(Datalab::currentVersion));
        VolumeService volumes = new VolumeService(
                engine.volumes(configuration.folder(), clock),
                stores.volumes(),
                configuration.folder(),
                engine.onThisMachine());
        SessionBook book = new SessionBook(stores.sessions());
        SessionOrigins origins = configuration.origins();
        AdmissionService admissions =
                new AdmissionService(stores.admissions(), book, origins, clock, new SecureRandom());
        book.onEnd(admissions::revoke);
        SessionService sessions = new SessionService(stores.sessions(), book, runtime, admissions::issue, clock);
        DiskSpace disk = engine.onThisMachine() ? DiskSpace.of(configuration.folder()) : DiskSpace.elsewhere();
        Optional<WarmPools> pools = engine.onThisMachine()
                ? Optional.empty()
                : Optional.of(opened(new WarmPools(
                        plans(configuration, catalogue, volumes, runtime),
                        stores.sessions(),
                        book,
                        runtime,
                        responsibility,
                        clock)));
        LaunchService launches = new LaunchService(
                catalogue,
                volumes,
                runtime,
                stores.sessions(),
                book,
                disk,
                pools.<ReadySessions>map(kept -> kept).orElse(ReadySessions.NONE),
                clock,
                json);
        UsageRecorder usage = opened(new UsageRecorder(runtime, book, events, clock));
        opened(new History(stores.sessions(), runtime, clock)).start();
        DataPlaneClient client = opened(new DataPlaneClient(vertx));
        ActivityWatch activities = opened(new ActivityWatch(
                book, runtime, responsibility, usage, new JupyterActivity(vertx, client, origins), clock));
        Reconciler reconciler = opened(new Reconciler(
                database.writers(),
                book,
                runtime,
                new DataPlaneProbe(vertx, client, origins),
                volumes,
                origins,
                responsibility,
                activities::isBusy,
                clock,
                Deadlines.DEFAULT.withIdle(configuration.idle())));
        DataPlane plane = opened(new DataPlane(
                vertx,
                book,
                runtime,
                admissions,
                authorization -> users.user(authorization).map(User::id),
                origins,
                client,
                clock));
        Supplier<DatazoneInfo> info = () -> info(configuration, description, database, catalogue);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new SystemRoutes(info, runtime::capacity, this::isReady).routes());
        routes.addAll(new IdentityRoutes(sessions::quota).routes());
        routes.addAll(new CatalogueRoutes(catalogue).routes());
        routes.addAll(new VolumeRoutes(volumes).routes());
        routes.addAll(new SessionRoutes(launches, sessions, usage, vertx).routes());
        routes.addAll(new EventRoutes(events, vertx).routes());
        HttpFront front = opened(HttpFront.listen(
                vertx,
                DataPlane.prepare(new HttpServerOptions()),
                configuration.listen().host(),
                configuration.listen().port(),
                routes,
                users,
                List.of(plane::take)));
        port = front.port();
        // Open streams would keep the front from draining, so they end first, and their clients go to another replica.
        front.endsFirst(events::endStreams);
        front.endsFirst(plane::leave);
        if (membership.isPresent()) {
            events.onKept(new SessionFollower(book, json));
        }
        opened(stores.listen(events::wake, () -> membership.ifPresent(Membership::look)));
        users.follow(new UserTurnover(stores::know, admissions::retain, List.of(events::drop, plane::drop)));
        reconciler.start();
        usage.start();
        activities.start();
        pools.ifPresent(WarmPools::start);
        if (membership.isPresent()) {
            join(membership.get(), database, configuration.farewell());
        }
        if (management != null) {
            managementPort = management.port();
            management.metrics().watch(database, events, reconciler, launches, pools, plane, membership);
        }
        ready = true;
        LOG.info("serving {} on port {}", description.name(), port);
    }

    /** Closed first: the others take over at once, and requests that are on their way still find a door. */
    private void join(Membership membership, Database database, Duration farewell) {
        open.push(() -> TimeUnit.MILLISECONDS.sleep(farewell.toMillis()));
        opened(membership).start();
        hears = () -> membership.members() > 0 && database.answers();
    }

    /** Whether requests are welcome: it neither starts nor ends, and the database that replicas share answers. */
    private boolean isReady() {
        return ready && hears.getAsBoolean();
    }

    private static PoolPlans plans(
            Configuration configuration, Datalabs catalogue, Volumes volumes, SessionRuntime runtime) {
        PoolPlans plans = new PoolPlans(configuration.pools(), catalogue, volumes, runtime);
        plans.check();
        return plans;
    }

    private static Database open(Configuration.Storage storage, Clock clock, Predicate<Duration> pause) {
        if (storage instanceof Configuration.Storage.Shared shared) {
            return Database.openPostgres(shared.server(), pause);
        }
        return Database.openFile(((Configuration.Storage.Embedded) storage).folder(), clock);
    }

    private static QuotaPolicy quotas(Configuration.Allowance allowance, RuntimeDescription description) {
        if (allowance instanceof Configuration.Allowance.Fixed fixed) {
            return user -> fixed.quota();
        }
        return new MachineQuota(((Configuration.Allowance.OfMachine) allowance).sessions(), description.total());
    }

    private static DatazoneInfo info(
            Configuration configuration,
            RuntimeDescription description,
            Database database,
            CatalogueService catalogue) {
        List<String> notices = new ArrayList<>(description.notices());
        database.notice().ifPresent(notices::add);
        catalogue.notice().ifPresent(notices::add);
        String version = Optional.ofNullable(BackendServer.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new DatazoneInfo(
                configuration.name(),
                description.description(),
                description.name(),
                version,
                description.total(),
                idleMinutes(configuration.idle()),
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

    private static SessionRuntime runtime(Engine engine, Path folder, Clock clock) {
        try {
            return engine.runtime(folder, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the engine cannot use the state folder", e);
        }
    }

    /** Few threads beside one for each processor: the service is small, and each costs memory. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }
}
