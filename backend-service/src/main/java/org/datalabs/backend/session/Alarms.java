package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes sessions when they may have to be ended or paused. Of each session only the last time that was set counts: the times
 * move on with every use, hours ahead, and those that are out of date would otherwise gather in memory. Thread-safe.
 */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final ScheduledThreadPoolExecutor timer;
    private final Clock clock;
    private final Consumer<SessionId> wake;
    private final Map<SessionId, Alarm> alarms = new ConcurrentHashMap<>();

    /**
     * What was set last for a session.
     *
     * @param at the time; stays when it has come, so that it comes once
     * @param call of the timer
     */
    private record Alarm(Instant at, Future<?> call) {}

    /** @param timer forgets at once what is cancelled */
    Alarms(ScheduledThreadPoolExecutor timer, Clock clock, Consumer<SessionId> wake) {
        this.timer = timer;
        this.clock = clock;
        this.wake = wake;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Wakes a session at a time, and no more at the one that was set before. */
    void set(SessionId session, Instant at) {
        alarms.compute(session, (id, known) -> {
            if (known != null && known.at().equals(at)) {
                return known;
            }
            if (known != null) {
                known.call().cancel(false);
            }
            long millis = Duration.between(clock.instant(), at).plusMillis(1).toMillis();
            try {
                return new Alarm(
                        at, timer.schedule(() -> wake.accept(session), Math.max(1, millis), TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException e) {
                LOG.debug("the reconciler is closed");
                return null;
            }
        });
    }

    /** Does not wake a session any more. */
    void clear(SessionId session) {
        alarms.computeIfPresent(session, (id, known) -> {
            known.call().cancel(false);
            return null;
        });
    }
}
