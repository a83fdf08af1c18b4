package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.backend.runtime.WorkEnd;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs sessions as pods of a cluster. Any number of replicas of the service may use one namespace at once.
 *
 * <p>What its service account needs in the sessions' namespace: pods (get, list, watch, create, patch, delete), pods/log
 * (get), secrets (get, list, create, patch, delete), services and networkpolicies (get, create, patch), persistentvolumeclaims (get, create), daemonsets (get, create, delete), events
 * (list, watch, create), and pods of metrics.k8s.io (list). Of the cluster: nodes (list, watch); for forecasts that know
 * of all pods, pods (list); for use without a metrics service, nodes/proxy (get). Without one of the last two the rest
 * works.
 *
 * <p>All answers come from memory but {@link #log}, which asks the API server and blocks for as long.
 */
public final class KubernetesRuntime implements SessionRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesRuntime.class);
    private static final int WORKERS = 8;
    private static final int WATCHERS = 3;
    private static final Duration REQUEST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofSeconds(60);
    private static final Duration IMAGES = Duration.ofMinutes(5);
    private static final Duration GO_ON = Duration.ofSeconds(5);
    private static final Duration LAST_WORK = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final PodMirror mirror;
    private final SessionEnds ends;
    private final SessionCommands commands;
    private final Handovers handovers;
    private final SessionLogs logs;
    private final UsageReader usage;
    private final CapacityReading capacity;
    private final Neighbours neighbours;
    private final Leftovers leftovers;
    private final ImageKeeping images;
    private final List<Consumer<SessionId>> listeners = new CopyOnWriteArrayList<>();

    private KubernetesRuntime(
            KubernetesSettings settings, KubernetesClient client, Clock clock, Watched.Timing timing) {
        this.client = client;
        Names names = new Names(settings.zone());
        ClusterCalls calls = new ClusterCalls(client, settings.namespace());
        workers = Executors.newFixedThreadPool(WORKERS, daemons("cluster"));
        timer = Executors.newScheduledThreadPool(WATCHERS, daemons("cluster-watch"));
        mirror = new PodMirror(client, settings.namespace(), names, clock, timer, timing);
        SessionObjects objects = new SessionObjects(settings, names);
        logs = new SessionLogs(calls, objects, names, mirror, clock);
        usage = new UsageReader(calls, mirror, settings.namespace(), names, clock, workers);
        capacity = new CapacityReading(settings);
        neighbours = new Neighbours(calls, settings.zone(), clock, workers);
        ends = new SessionEnds(calls, names, mirror, logs, clock, workers, this::tell);
        commands = new SessionCommands(calls, objects, mirror, ends, clock, workers, timer, this::tell);
        handovers = new Handovers(calls, names, mirror, workers);
        leftovers = new Leftovers(calls, names, mirror, commands::isUnderWay, clock);
        images = new ImageKeeping(settings, new ImageKeeper(settings, names), calls);
        mirror.onChange(session -> {
            ends.changed(session);
            tell(session);
        });
    }

    /**
     * Connects as the pod that this runs in, or else as {@code KUBECONFIG} says, and learns what exists.
     *
     * @throws ProblemException when the cluster does not answer within a minute
     */
    public static KubernetesRuntime open(KubernetesSettings settings, Clock clock) {
        ConfigBuilder config = new ConfigBuilder()
                .withRequestTimeout((int) REQUEST.toMillis())
                .withConnectionTimeout((int) REQUEST.toMillis());
        return open(settings, client(config), clock, Watched.Timing.DEFAULT);
    }

    static KubernetesRuntime open(
            KubernetesSettings settings, KubernetesClient client, Clock clock, Watched.Timing timing) {
        KubernetesRuntime runtime = new KubernetesRuntime(settings, client, clock, timing);
        try {
            runtime.begin();
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** A client of what {@code config} names. */
    static KubernetesClient client(ConfigBuilder config) {
        return new KubernetesClientBuilder()
                .withConfig(config
                        // Retries are ours, and bounded.
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectLimit(0)
                        // On one shared connection a silent cut would hold up every request for minutes.
                        .withHttp2Disable(true)
                        .build())
                .build();
    }

    private void begin() {
        try {
            mirror.begin().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            leftovers.sweep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (ExecutionException | TimeoutException | KubernetesClientException e) {
            throw unreachable(e);
        }
        every(GO_ON, this::goOn);
        every(SWEEP, this::sweep);
    }

    private void every(Duration time, Runnable work) {
        var unused = timer.scheduleWithFixedDelay(work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ProblemException unreachable(Exception cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.UNREACHABLE,
                        "The cluster's API server does not answer.",
                        "Look whether it runs, and whether this service may list pods, events and nodes."),
                cause);
    }

    private void goOn() {
        try {
            ends.goOn();
        } catch (RuntimeException e) {
            LOG.error("what was left could not be done; will try again", e);
        }
    }

    private void sweep() {
        try {
            leftovers.sweep();
        } catch (RuntimeException e) {
            LOG.warn("what was left could not be looked for; will try again: {}", e.toString());
        }
    }

    @Override
    public RuntimeDescription describe() {
        List<NodeFacts> nodes = mirror.nodes();
        Resources total = nodes.stream().map(NodeFacts::total).reduce(Resources.NONE, Resources::plus);
        String machines = nodes.size() == 1 ? "1 machine" : nodes.size() + " machines";
        return new RuntimeDescription("kubernetes", "Kubernetes, " + machines, total, List.of());
    }

    @Override
    public Capacity capacity() {
        return capacity.capacity(mirror.nodes(), List.of(CapacityReading.taken(mirror.pods()), neighbours.taken()));
    }

    @Override
    public void know(Function<DatalabId, Optional<Version>> catalogue) {
        later(() -> images.keep(catalogue));
        every(IMAGES, () -> images.keep(catalogue));
    }

    @Override
    public Availability availability(Version version, Kind kind) {
        return version.image() != null
                ? Availability.YES
                : Availability.no("It has no container image.", "Run it on \"This computer\".");
    }

    @Override
    public void start(SessionSpec spec) {
        commands.start(spec);
    }

    @Override
    public void stop(SessionId session) {
        commands.stop(session);
    }

    @Override
    public void assign(SessionId session, UserId owner) {
        handovers.assign(session, owner);
    }

    @Override
    public Collection<SessionId> existing() {
        Set<SessionId> existing = new TreeSet<>(mirror.sessions());
        existing.addAll(leftovers.sessions());
        return existing;
    }

    @Override
    public Observation observe(SessionId session) {
        if (ends.isUnderWay(session)) {
            return new Observation.Stopping();
        }
        Optional<Pod> pod = mirror.pod(session);
        return pod.isPresent()
                ? mirror.read(pod.get())
                : commands.observe(session).orElseGet(Observation.Absent::new);
    }

    @Override
    public void onChange(Consumer<SessionId> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<Endpoint> endpoint(SessionId session) {
        return ends.isUnderWay(session) ? Optional.empty() : mirror.pod(session).flatMap(KubernetesRuntime::endpoint);
    }

    private static Optional<Endpoint> endpoint(Pod pod) {
        boolean runs = pod.getMetadata().getDeletionTimestamp() == null
                && Milestones.state(pod)
                        .filter(state -> state.getRunning() != null)
                        .isPresent();
        String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (!runs || address == null) {
            return Optional.empty();
        }
        int port = pod.getSpec().getContainers().get(0).getPorts().get(0).getContainerPort();
        return Optional.of(new Endpoint.Tcp(address, port));
    }

    @Override
    public LogPage log(SessionId session, long after, int limit) {
        return logs.page(session, after, limit);
    }

    @Override
    public void note(SessionId session, String text) {
        later(() -> logs.note(session, text));
    }

    @Override
    public Collection<SessionId> keptLogs() {
        return logs.kept();
    }

    @Override
    public void forget(SessionId session) {
        later(() -> logs.forget(session));
    }

    @Override
    public List<UsageSample> usage() {
        return usage.news();
    }

    /** Leaves sessions as they are; another replica, or the next run, finds them. */
    @Override
    public void close() {
        mirror.close();
        timer.shutdownNow();
        WorkEnd.await(workers, LAST_WORK);
        try {
            client.close();
        } catch (KubernetesClientException e) {
            LOG.debug("the client did not close", e);
        }
    }

    private void later(Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (KubernetesClientException e) {
                    LOG.warn("something was not told to the cluster: {}", e.toString());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the engine is closed");
        }
    }

    private void tell(SessionId session) {
        listeners.forEach(listener -> listener.accept(session));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
