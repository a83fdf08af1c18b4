package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings what runs in line with what is wanted: looks at a session, decides with {@link Transition}, keeps the decision,
 * carries out its effects, and starts over whenever something may have changed.
 *
 * <p>The work on one session is never done by two threads at once. Nothing waits by sleeping; a full look at everything
 * every few seconds makes good for news that got lost. Thread-safe.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int WORKERS = 2;
    private static final int LAST_LINES = 3;
    private static final Duration RELIST = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration QUICK_PROBE = Duration.ofMillis(25);
    private static final Duration STEADY_PROBE = Duration.ofMillis(50);
    private static final Duration QUICK_FOR = Duration.ofSeconds(10);

    private final SessionBook book;
    private final SessionRuntime runtime;
    private final ReadinessProbe probe;
    private final Volumes volumes;
    private final SessionOrigins origins;
    private final Responsibility responsibility;
    private final Predicate<SessionId> busy;
    private final Clock clock;
    private final Transition transition;
    private final List<BiConsumer<Session, Session>> transitions = new CopyOnWriteArrayList<>();
    private final Map<SessionId, Lane> lanes = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Alarms alarms;
    private volatile Duration lag = Duration.ZERO;

    public Reconciler(
            SessionBook book,
            SessionRuntime runtime,
            ReadinessProbe probe,
            Volumes volumes,
            SessionOrigins origins,
            Responsibility responsibility,
            Predicate<SessionId> busy,
            Clock clock,
            Deadlines deadlines) {
        this.book = book;
        this.runtime = runtime;
        this.probe = probe;
        this.volumes = volumes;
        this.origins = origins;
        this.responsibility = responsibility;
        this.busy = busy;
        this.clock = clock;
        this.transition = new Transition(deadlines);
        this.workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> daemon(work, "reconciler"));
        this.timer = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "reconciler-timer"));
        this.alarms = new Alarms(timer, clock, this::wake);
    }

    /** Begins; settles first what an earlier run has left. */
    public void start() {
        book.onChange(this::wake);
        runtime.onChange(this::wake);
        responsibility.onChange(() -> submit(this::relist));
        var unused =
                timer.scheduleWithFixedDelay(() -> submit(this::relist), 0, RELIST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Calls {@code listener} with a session before and after each change that this reconciler made; it is brief. */
    public void onTransition(BiConsumer<Session, Session> listener) {
        transitions.add(listener);
    }

    /** Looks at a session soon, if it is covered here. */
    public void wake(SessionId session) {
        if (!responsibility.covers(session)) {
            // What this replica remembers of it is out of date by the time it covers it again.
            lanes.computeIfPresent(session, (id, lane) -> lane.pending.get() == 0 ? null : lane);
            alarms.clear(session);
            return;
        }
        lanes.compute(session, (id, known) -> {
            Lane lane = known == null ? new Lane(id) : known;
            if (lane.pending.getAndIncrement() == 0) {
                lane.submittedAt = System.nanoTime();
                submit(lane);
            }
            return lane;
        });
    }

    /** Looks at everything: sessions without processes, and processes without a session. */
    void relist() {
        try {
            Collection<SessionId> existing = runtime.existing();
            book.refreshAll();
            book.flushUse(clock.instant());
            book.records().forEach(record -> wake(record.id()));
            existing.forEach(this::wake);
        } catch (RuntimeException e) {
            if (StoreOutage.caused(e)) {
                LOG.warn("sessions wait for the database");
            } else {
                LOG.error("sessions could not be listed; will try again", e);
            }
        }
    }

    /** Sessions that wait to be looked at. */
    public int backlog() {
        return workers.getQueue().size();
    }

    /** How long the session that was last looked at had waited for it. */
    public Duration lag() {
        return lag;
    }

    /** How many sessions of each state this replica looks after, by the state's name. */
    public Map<String, Integer> covered() {
        Map<String, Integer> covered = new HashMap<>();
        for (SessionRecord record : book.records()) {
            if (responsibility.covers(record.id())) {
                covered.merge(record.session().state().getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        return covered;
    }

    /** Stops looking; leaves what runs as it is. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        try {
            book.flushAllUse();
        } catch (RuntimeException e) {
            LOG.warn("times of last use could not be kept", e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void submit(Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("the reconciler is closed");
        }
    }

    private void wakeIn(SessionId session, Duration delay) {
        try {
            var unused = timer.schedule(() -> wake(session), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the reconciler is closed");
        }
    }

    /** The work on one session; runs on one worker at a time. */
    private final class Lane implements Runnable {
        private final SessionId id;
        private final AtomicInteger pending = new AtomicInteger();
        /** Whether the datalab has answered since its processes were last started. */
        private volatile boolean answered;

        private volatile boolean probing;
        /** How many wake-ups the current look answers. */
        private int taken;

        private @Nullable Problem refusedStart;
        private volatile long submittedAt;

        Lane(SessionId id) {
            this.id = id;
        }

        @Override
        public void run() {
            taken = pending.get();
            lag = Duration.ofNanos(System.nanoTime() - submittedAt);
            try (MDC.MDCCloseable about = MDC.putCloseable("session", id.value())) {
                if (responsibility.covers(id)) {
                    reconcile();
                } else {
                    answered = false;
                    refusedStart = null;
                    alarms.clear(id);
                }
            } catch (RuntimeException e) {
                if (StoreOutage.caused(e)) {
                    LOG.debug("the session waits for the database", e);
                } else {
                    LOG.error("the session could not be reconciled; will try again", e);
                }
                wakeIn(id, RETRY);
            }
            if (pending.addAndGet(-taken) > 0) {
                submittedAt = System.nanoTime();
                submit(this);
            }
        }

        private void reconcile() {
            Optional<SessionRecord> found = book.record(id);
            Observation observation = runtime.observe(id);
            if (found.isEmpty()) {
                abandoned(observation);
                return;
            }
            SessionRecord record = found.get();
            Observation seen = observation instanceof Observation.Absent && refusedStart != null
                    ? new Observation.Ended(refusedStart, clock.instant())
                    : observation;
            Facts facts = new Facts(seen, busy.test(id), answered, clock.instant(), this::lastLines);
            Decision decision = transition.decide(record.session(), facts);
            Session next = decision.next();
            if (!next.equals(record.session())) {
                if (book.update(record.with(next)).isEmpty()) {
                    book.refresh(id);
                    wake(id);
                    return;
                }
                log(record.session(), next);
                transitions.forEach(listener -> listener.accept(record.session(), next));
            }
            if (!(next.state() instanceof SessionState.Starting)) {
                answered = false;
                refusedStart = null;
            }
            for (Effect effect : decision.effects()) {
                carryOut(effect, record, seen);
            }
            Instant wakeAt = decision.wakeAt();
            if (wakeAt == null) {
                alarms.clear(id);
            } else {
                alarms.set(id, wakeAt);
            }
        }

        /** No session wants it: its record is gone, or says that it is over. */
        private void abandoned(Observation observation) {
            alarms.clear(id);
            if (observation instanceof Observation.Absent) {
                lanes.computeIfPresent(id, (key, lane) -> lane.pending.get() == taken ? null : lane);
                return;
            }
            if (observation instanceof Observation.Stopping) {
                return; // somebody ends it already, and tells when that is done
            }
            // Memory may be behind the store by a launch of this moment.
            if (book.refresh(id)
                    .filter(kept -> !(kept.session().state() instanceof SessionState.Stopped))
                    .isPresent()) {
                wake(id);
            } else {
                LOG.info("ending processes that no session owns");
                runtime.stop(id);
            }
        }

        private void carryOut(Effect effect, SessionRecord record, Observation seen) {
            if (effect instanceof Effect.Start) {
                start(record);
            } else if (effect instanceof Effect.Stop) {
                runtime.stop(id);
            } else if (effect instanceof Effect.Note note) {
                runtime.note(id, note.text());
            } else if (effect instanceof Effect.Probe) {
                ask(seen);
            } else if (effect instanceof Effect.Remove) {
                Optional<SessionRecord> current = book.refresh(id);
                if (current.isPresent() && book.remove(current.get())) {
                    runtime.forget(id);
                }
            }
        }

        private void start(SessionRecord record) {
            answered = false;
            Map<VolumeId, Volume> all = volumes.of(record.session().owner());
            Map<VolumeId, Volume> mounted = new HashMap<>();
            for (Mount mount : record.plan().mounts()) {
                Volume volume = all.get(mount.volume());
                String problem = volume == null ? "It was removed." : volume.problem();
                if (volume == null || problem != null) {
                    String name = volume == null ? mount.volume().value() : volume.name();
                    refusedStart = Problem.of(
                            ProblemCode.VOLUME_UNAVAILABLE,
                            "The volume " + name + " cannot be mounted. " + problem,
                            "Bring the volume back, or launch without it.");
                    wake(id);
                    return;
                }
                mounted.put(volume.id(), volume);
            }
            runtime.start(new SessionSpec(
                    id, record.session().owner(), record.plan(), mounted, origins.root(id), record.token()));
            wakeIn(id, QUICK_PROBE);
        }

        private void ask(Observation seen) {
            if (probing) {
                return;
            }
            Optional<Endpoint> endpoint = runtime.endpoint(id);
            Optional<SessionDirectory.Entry> entry = book.find(id);
            Duration pause = pause(seen);
            if (endpoint.isEmpty() || entry.isEmpty()) {
                wakeIn(id, pause);
                return;
            }
            probing = true;
            probe.answers(entry.get(), endpoint.get()).whenComplete((yes, failure) -> {
                probing = false;
                if (failure == null && yes) {
                    answered = true;
                    wake(id);
                } else {
                    wakeIn(id, pause);
                }
            });
        }

        private Duration pause(Observation seen) {
            boolean fresh = seen instanceof Observation.Running running
                    && running.since().plus(QUICK_FOR).isAfter(clock.instant());
            return fresh ? QUICK_PROBE : STEADY_PROBE;
        }

        private List<String> lastLines() {
            LogPage page = runtime.log(id, -1, LAST_LINES);
            List<String> lines = new ArrayList<>();
            page.lines().forEach(line -> lines.add(line.text()));
            return lines;
        }

        private void log(Session before, Session after) {
            if (before.state().getClass() == after.state().getClass()) {
                return;
            }
            if (after.state() instanceof SessionState.Failed failed) {
                LOG.warn("{} failed: {} {}", after.datalab(), failed.code().label(), failed.cause());
            } else {
                LOG.info(
                        "{} is {} after {}",
                        after.datalab(),
                        after.state().getClass().getSimpleName(),
                        before.state().getClass().getSimpleName());
            }
        }
    }
}
