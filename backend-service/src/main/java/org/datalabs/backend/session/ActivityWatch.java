package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.UsageSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which ready sessions are at work though nobody uses them: those that say so themselves, and those that have kept a
 * processor busy for the last minutes. Thread-safe.
 */
public final class ActivityWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofMinutes(2);

    /** Until everything was asked and measured once, nothing is known, and what is not known may be work. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    /** Mean use, in thousandths of a core, above what programs need that only wait for their user. */
    private static final int AT_WORK = 200;

    private final SessionBook book;
    private final SessionRuntime runtime;
    private final Responsibility responsibility;
    private final UsageRecorder usage;
    private final ActivityProbe probe;
    private final Clock clock;
    private final Instant began;
    private final Map<SessionId, Activity> told = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    public ActivityWatch(
            SessionBook book,
            SessionRuntime runtime,
            Responsibility responsibility,
            UsageRecorder usage,
            ActivityProbe probe,
            Clock clock) {
        this.book = book;
        this.runtime = runtime;
        this.responsibility = responsibility;
        this.usage = usage;
        this.probe = probe;
        this.clock = clock;
        this.began = clock.instant();
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "activity");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::ask, 1_000, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is known of a session's own work; work when nothing is known yet. */
    public Activity of(SessionId session) {
        Activity activity = told.getOrDefault(session, Activity.NONE);
        Instant now = clock.instant();
        boolean unknown = now.isBefore(began.plus(WARM_UP));
        return activity.busy() || unknown || computes(session, now) ? new Activity(activity.at(), true) : activity;
    }

    /** Asks every ready session that this replica looks after and that tells of its work. */
    void ask() {
        try {
            told.keySet().removeIf(session -> book.record(session).isEmpty());
            for (SessionRecord record : book.records()) {
                SessionId session = record.id();
                boolean tells = record.plan().version().activity() != null;
                if (tells && record.session().state() instanceof SessionState.Ready && responsibility.covers(session)) {
                    ask(session);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("sessions could not be asked for their work", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void ask(SessionId session) {
        book.find(session).ifPresent(entry -> runtime.endpoint(session)
                .ifPresent(endpoint -> probe.ask(entry, endpoint).thenAccept(activity -> told.put(session, activity))));
    }

    private boolean computes(SessionId session, Instant now) {
        List<UsageSample> samples = usage.of(session);
        return samples.stream()
                        .filter(sample -> sample.at().isAfter(now.minus(MEASURED)))
                        .mapToInt(UsageSample::cpuMillis)
                        .average()
                        .orElse(0)
                >= AT_WORK;
    }
}
