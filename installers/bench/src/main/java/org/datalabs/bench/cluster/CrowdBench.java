package org.datalabs.bench.cluster;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;

/**
 * Thousands of live sessions of a thousand users on one service with the heap that its manifests give it. API server,
 * scheduler and controllers are the real ones; the machines and the datalabs are simulated. Each session has an idle
 * WebSocket through the data plane, of which one in ten is abandoned.
 */
public final class CrowdBench {
    private static final double SLOWEST_MILLIS = 50;
    private static final double MOST_REQUESTS_A_SECOND = 200;
    private static final double MOST_GROWTH = 1.05;
    private static final double MOST_RESTART_SECONDS = 10;
    private static final double MOST_BACKLOG_SECONDS = 1;
    private static final int SESSIONS_OF_EACH = 3;
    private static final int LAUNCHING_AT_ONCE = 8;
    private static final int LAUNCHING_AT_ONCE_IN_A_BURST = 64;
    private static final int STARTING_AT_ONCE = 40;
    private static final int SAMPLE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Setup setup;
    private final Size size;

    /**
     * How much is measured.
     *
     * @param sessions how many are live
     * @param minutes how long
     * @param burst whether all are launched at once, and not at the pace at which they become ready
     */
    public record Size(int sessions, int minutes, boolean burst) {
        /** Reads what the start script says. */
        public static Size ofProperties() {
            return new Size(
                    Integer.getInteger("bench.sessions", 3000),
                    Integer.getInteger("bench.minutes", 10),
                    Boolean.getBoolean("bench.burst"));
        }

        int users() {
            return (sessions + SESSIONS_OF_EACH - 1) / SESSIONS_OF_EACH;
        }
    }

    public CrowdBench(Setup setup, Size size) {
        this.setup = setup;
        this.size = size;
    }

    public void run() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (Scratch scratch = new Scratch();
                Ground ground = new Ground("dl-bench-crowd");
                PrivateDatabase database = new PrivateDatabase(scratch.path());
                SimulatedDatalabs datalabs = new SimulatedDatalabs(vertx);
                SimulatedMachines machines = new SimulatedMachines(ground, machines());
                CountingRelay relay = new CountingRelay(vertx, ground.client().getConfiguration())) {
            ground.offerVolumes(size.users(), scratch.folder("volumes"));
            ClusterBackend.Place place = ClusterBackend.Place.in(
                    scratch.folder("service"), relay.kubeconfig(scratch.path().resolve("kubeconfig")));
            place.settle(database, ground, size.users(), SimulatedMachines.presets(ground));
            List<Fleet.Member> members;
            ClusterBackend backend =
                    ClusterBackend.start(setup.backend(), place).awaitReady();
            try (Visitors visitors = new Visitors(vertx, backend.address())) {
                members = fill(backend, relay);
                visitors.visit(members);
                setup.figures()
                        .note(
                                "%d WebSockets are open, %d of them reach a datalab",
                                visitors.open(), datalabs.sockets());
                live(backend, relay, visitors, members);
            } finally {
                // As by a lost machine; nothing is said to anybody.
                backend.child().handle().destroyForcibly();
                backend.close();
            }
            restart(place, vertx, members);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int machines() {
        int room = size.sessions() + 200;
        return (room + SimulatedMachines.PODS_OF_EACH - 1) / SimulatedMachines.PODS_OF_EACH;
    }

    private List<Fleet.Member> fill(ClusterBackend backend, CountingRelay relay) {
        Figures figures = setup.figures();
        Fleet fleet = new Fleet(backend.address());
        long start = System.nanoTime();
        long requests = relay.count();
        Runs answers = new Runs();
        // A crowd gathers over hours; here each launch waits until few others still start, unless it is a burst.
        Semaphore starting = new Semaphore(size.burst() ? size.sessions() : STARTING_AT_ONCE);
        ExecutorService launchers =
                Executors.newFixedThreadPool(size.burst() ? LAUNCHING_AT_ONCE_IN_A_BURST : LAUNCHING_AT_ONCE);
        try {
            List<CompletableFuture<Fleet.Member>> launched = IntStream.range(0, size.sessions())
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> {
                                starting.acquireUninterruptibly();
                                int user = number % size.users();
                                long asked = System.nanoTime();
                                Session session = fleet.launch(user).join();
                                synchronized (answers) {
                                    answers.addNanos(System.nanoTime() - asked);
                                }
                                return new Fleet.Member(user, session.id());
                            },
                            launchers))
                    .toList();
            BackendMetrics metrics = backend.metrics();
            AtomicInteger known = new AtomicInteger();
            Gathering gathering = new Gathering();
            Until.holds("all sessions are ready", PATIENCE, () -> {
                String text = metrics.text();
                gathering.look(text);
                int now = (int) ready(text);
                starting.release(Math.max(0, now - known.get()));
                known.accumulateAndGet(now, Math::max);
                return now >= size.sessions();
            });
            List<Fleet.Member> members =
                    launched.stream().map(CompletableFuture::join).toList();
            figures.note(
                    "%d sessions were launched and ready after %.0f s; a launch was answered in %s, p99 %.0f ms;"
                            + " %.0f requests a second at the API server",
                    size.sessions(),
                    seconds(start),
                    answers.words("ms"),
                    answers.quantile(0.99),
                    (relay.count() - requests) / seconds(start));
            figures.note("%s", gathering.words());
            return members;
        } finally {
            launchers.shutdownNow();
        }
    }

    private void live(ClusterBackend backend, CountingRelay relay, Visitors visitors, List<Fleet.Member> members) {
        Figures figures = setup.figures();
        ProcessHandle process = backend.child().handle();
        try (ApiLoad warm = new ApiLoad(new Fleet(backend.address()), size.users())) {
            Vitals.pause(SETTLE);
        }
        Vitals vitals = new Vitals(process, backend.metrics(), relay);
        try (ApiLoad load = new ApiLoad(new Fleet(backend.address()), size.users())) {
            double liveBefore = vitals.liveMegabytes();
            Map<String, Long> before = relay.counts();
            long start = System.nanoTime();
            Duration cpuBefore = process.info().totalCpuDuration().orElse(Duration.ZERO);
            vitals.watch(Duration.ofMinutes(size.minutes()));
            double lasted = seconds(start);
            Duration cpu =
                    process.info().totalCpuDuration().orElse(Duration.ZERO).minus(cpuBefore);
            Map<String, Long> after = relay.counts();
            double liveAfter = vitals.liveMegabytes();
            report(load.lists(), "list", size.sessions());
            report(load.launches(), "launch", size.sessions());
            figures.note(
                    "%d requests failed, the first: %s; %d of %d WebSockets are open",
                    load.failures(), load.firstFailure(), visitors.open(), members.size());
            figures.note("the service used %.0f %% of a core", 100 * cpu.toMillis() / 1000.0 / lasted);
            figures.note("asked of the API server in %.0f s: %s", lasted, CountingRelay.told(before, after));
            double asked = after.values().stream().mapToLong(Long::longValue).sum()
                    - before.values().stream().mapToLong(Long::longValue).sum();
            figures.atMost(
                    "crowd: requests at the API server",
                    asked / lasted,
                    MOST_REQUESTS_A_SECOND,
                    "1/s",
                    "busiest second " + vitals.busiestSecond());
            figures.atMost(
                    "crowd: what is live on the heap, last against first",
                    liveAfter / liveBefore,
                    MOST_GROWTH,
                    "",
                    Math.round(liveBefore) + " MB, " + Math.round(liveAfter) + " MB of " + vitals.heapMegabytes());
            figures.atMost(
                    "crowd: resident, last fifth against second",
                    vitals.residentGrowth(),
                    MOST_GROWTH,
                    "",
                    vitals.residentWords());
            figures.atMost(
                    "crowd: longest time with a reconcile backlog",
                    vitals.longestBacklogSeconds(),
                    MOST_BACKLOG_SECONDS,
                    "s",
                    vitals.backlogWords());
            if (visitors.open() < members.size()) {
                throw new MeasurementException("WebSockets were closed: " + (members.size() - visitors.open()));
            }
        }
    }

    private void report(Runs runs, String what, int sessions) {
        setup.figures()
                .atMost(
                        "crowd: API " + what + ", p99 with " + sessions + " sessions",
                        runs.quantile(0.99),
                        SLOWEST_MILLIS,
                        "ms",
                        runs.words("ms") + ", longest " + Math.round(runs.quantile(1)) + " ms");
    }

    private void restart(ClusterBackend.Place place, Vertx vertx, List<Fleet.Member> members) {
        try (ClusterBackend backend = ClusterBackend.start(setup.backend(), place)) {
            long start = backend.child().startedAt();
            backend.awaitReady();
            double serves = seconds(start);
            BackendMetrics metrics = backend.metrics();
            Until.holds("everything is looked after", PATIENCE, () -> isCaughtUp(metrics.text(), members.size()));
            double caughtUp = seconds(start);
            Fleet fleet = new Fleet(backend.address());
            List<Fleet.Member> sample = sample(members);
            for (Fleet.Member member : sample) {
                boolean listed = fleet.list(member.user()).join().stream()
                        .anyMatch(session ->
                                session.id().equals(member.session()) && session.state() instanceof SessionState.Ready);
                if (!listed || !fleet.answers(member)) {
                    throw new MeasurementException("After the restart " + member.session() + " does not answer.");
                }
            }
            setup.figures()
                    .atMost(
                            "crowd: killed and started, process to fully caught up",
                            caughtUp,
                            MOST_RESTART_SECONDS,
                            "s",
                            "ready after %.1f s; then %d of %d sessions were asked and answered"
                                    .formatted(serves, sample.size(), members.size()));
            try (Visitors again = new Visitors(vertx, backend.address())) {
                long began = System.nanoTime();
                again.visit(members);
                setup.figures().note("all %d WebSockets were open again %.1f s later", again.open(), seconds(began));
            }
        }
    }

    private static List<Fleet.Member> sample(List<Fleet.Member> members) {
        List<Fleet.Member> sample = new ArrayList<>();
        for (int at = 0; at < members.size(); at += Math.max(1, members.size() / SAMPLE)) {
            sample.add(members.get(at));
        }
        return sample;
    }

    private static boolean isCaughtUp(String metrics, int sessions) {
        return ready(metrics) >= sessions
                && BackendMetrics.value(metrics, Vitals.BACKLOG).orElse(1) == 0;
    }

    private static double ready(String metrics) {
        return BackendMetrics.value(metrics, "datalabs_sessions{state=\"ready\"}")
                .orElse(0);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
