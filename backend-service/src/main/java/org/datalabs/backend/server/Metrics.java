package org.datalabs.backend.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.datalabs.backend.events.EventHub;
import org.datalabs.backend.pool.WarmPools;
import org.datalabs.backend.proxy.DataPlane;
import org.datalabs.backend.replica.Membership;
import org.datalabs.backend.session.LaunchService;
import org.datalabs.backend.session.Reconciler;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.PoolUse;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;

/**
 * Counts and times of one replica, for Prometheus. Sessions are counted by the replica that looks after them, so that sums
 * over replicas are right. Made only where somebody asks for it: the library would lengthen every other start. Thread-safe.
 */
final class Metrics implements AutoCloseable {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration[] READY_WITHIN = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10)
    };
    private static final List<String> STATES = List.of("pending", "starting", "ready", "paused", "stopping", "failed");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge sessions = MultiGauge.builder("datalabs.sessions")
            .description("Sessions that this replica looks after")
            .register(registry);
    private volatile Runnable beforeReading = () -> {};

    Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Everything there is, in Prometheus' text form 0.0.4. */
    String text() {
        beforeReading.run();
        return registry.scrape(CONTENT_TYPE);
    }

    /** Begins to tell of a service. */
    void watch(
            Database database,
            EventHub events,
            Reconciler reconciler,
            LaunchService launches,
            Optional<WarmPools> pools,
            DataPlane plane,
            Optional<Membership> membership) {
        Timer ready = Timer.builder("datalabs.session.ready")
                .description("From the beginning of a start to the datalab's first answer")
                .serviceLevelObjectives(READY_WITHIN)
                .register(registry);
        reconciler.onTransition((before, after) -> note(ready, before, after));
        beforeReading = () -> count(reconciler.covered());
        launches("accepted", launches, LaunchService::acceptedCount);
        launches("refused", launches, LaunchService::refusedCount);
        pools.ifPresent(kept -> {
            gauge(
                    "datalabs.pool.ready",
                    "Sessions of warm pools that are ready, of those that this replica looks after",
                    kept,
                    WarmPools::readyCount);
            FunctionCounter.builder("datalabs.pool.launches", launches, LaunchService::takenOverCount)
                    .description("Launches that took over a session of a warm pool")
                    .register(registry);
        });
        gauge("datalabs.reconcile.backlog", "Sessions that wait to be looked at", reconciler, Reconciler::backlog);
        gauge(
                "datalabs.reconcile.lag.seconds",
                "How long the session that was looked at last had waited for it",
                reconciler,
                each -> seconds(each.lag()));
        gauge("datalabs.streams", "Open WebSockets to sessions", plane, DataPlane::openStreams);
        gauge("datalabs.event.streams", "Open streams of events", events, EventHub::openStreams);
        gauge(
                "datalabs.event.lag.seconds",
                "How old the event was that was told last, when it was",
                events,
                each -> seconds(each.lag()));
        connections("active", database, PoolUse::active);
        connections("idle", database, PoolUse::idle);
        connections("waiting", database, PoolUse::waiting);
        connections("most", database, PoolUse::most);
        membership.ifPresent(
                member -> gauge("datalabs.replicas", "Replicas that share the sessions", member, Membership::members));
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void note(Timer ready, Session before, Session after) {
        if (before.state() instanceof SessionState.Starting starting
                && after.state() instanceof SessionState.Ready since) {
            ready.record(Duration.between(starting.since(), since.since()));
        } else if (after.state() instanceof SessionState.Failed failed
                && !(before.state() instanceof SessionState.Failed)) {
            Counter.builder("datalabs.session.failures")
                    .description("Sessions that failed")
                    .tag("problem", failed.code().label())
                    .register(registry)
                    .increment();
        }
    }

    private void count(Map<String, Integer> covered) {
        Map<String, Integer> all = new TreeMap<>();
        STATES.forEach(state -> all.put(state, 0));
        covered.forEach((state, count) -> all.put(state.toLowerCase(Locale.ROOT), count));
        sessions.register(
                all.entrySet().stream()
                        .map(each -> MultiGauge.Row.of(Tags.of("state", each.getKey()), each.getValue()))
                        .toList(),
                true);
    }

    private void launches(String outcome, LaunchService launches, ToDoubleFunction<LaunchService> count) {
        FunctionCounter.builder("datalabs.launches", launches, count)
                .description("Requests to launch")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void connections(String state, Database database, ToDoubleFunction<PoolUse> count) {
        Gauge.builder("datalabs.database.connections", database, each -> count.applyAsDouble(each.poolUse()))
                .description("The pool of connections to the database; waiting: threads that wait for one")
                .tag("state", state)
                .register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
