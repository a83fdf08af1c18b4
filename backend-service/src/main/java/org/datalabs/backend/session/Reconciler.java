package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.WorkEnd;
import org.datalabs.backend.volume.Volumes;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
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
    private static final Duration RELIST = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SessionBook book;
    private final SessionRuntime runtime;
    private final Responsibility responsibility;
    private final Clock clock;
    private final SessionWork work;
    private final Map<SessionId, Lane> lanes = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Alarms alarms;
    private volatile Duration lag = Duration.ZERO;

    /** @param threads how many sessions it looks at at once; each look may write to the store */
    public Reconciler(
            int threads,
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
        this.responsibility = responsibility;
        this.clock = clock;
        this.workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> daemon(work, "reconciler"));
        this.timer = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "reconciler-timer"));
        this.alarms = new Alarms(timer, clock, this::wake);
        this.work = new SessionWork(
                book, runtime, probe, volumes, origins, busy, clock, new Transition(deadlines), alarms, this::wakeIn);
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
        work.onTransition(listener);
    }

    /** Looks at a session soon, if it is covered here. */
    public void wake(SessionId session) {
        if (!responsibility.covers(session)) {
            // What this replica remembers of it is out of date by the time it covers it again.
            lanes.computeIfPresent(session, (id, lane) -> lane.isAtRest() ? null : lane);
            alarms.clear(session);
            return;
        }
        lanes.compute(session, (id, known) -> {
            Lane lane = known == null ? new Lane(id) : known;
            if (lane.call()) {
                submit(() -> look(lane));
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
            if (!record.session().owner().equals(UserId.PLATFORM) && responsibility.covers(record.id())) {
                covered.merge(record.session().state().getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        return covered;
    }

    /** Stops looking; leaves what runs as it is. */
    @Override
    public void close() {
        timer.shutdownNow();
        WorkEnd.await(workers, PATIENCE);
        try {
            book.flushAllUse();
        } catch (RuntimeException e) {
            LOG.warn("times of last use could not be kept", e);
        }
    }

    /** Of one session there is never more than one under way. */
    private void look(Lane lane) {
        SessionId id = lane.id();
        lag = lane.begin();
        boolean over = false;
        try (MDC.MDCCloseable about = MDC.putCloseable("session", id.value())) {
            if (responsibility.covers(id)) {
                over = work.look(lane);
            } else {
                lane.forget();
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
        if (lane.end()) {
            submit(() -> look(lane));
        } else if (over) {
            lanes.computeIfPresent(id, (key, known) -> known.isAtRest() ? null : known);
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
        if (delay.isZero()) {
            wake(session);
            return;
        }
        try {
            var unused = timer.schedule(() -> wake(session), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the reconciler is closed");
        }
    }
}
