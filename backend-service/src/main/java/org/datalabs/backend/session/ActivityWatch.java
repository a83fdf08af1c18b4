package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.AtOnce;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.identity.UserId;
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

    /** How many sessions are asked for their work at once. */
    private static final int AT_ONCE = 16;

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
    private final Set<SessionId> busy = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    /** The last round of questions; the next begins when all of it was answered. */
    private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

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
        var unused = timer.scheduleWithFixedDelay(this::look, 1_000, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether a session is at work; also when nothing is known yet. */
    public boolean isBusy(SessionId session) {
        Instant now = clock.instant();
        return now.isBefore(began.plus(WARM_UP)) || busy.contains(session) || computes(session, now);
    }

    /** Looks at every ready session that this replica looks after; work counts as use. */
    void look() {
        try {
            busy.removeIf(session -> book.record(session).isEmpty());
            Instant now = clock.instant();
            List<SessionRecord> tellers = new ArrayList<>();
            for (SessionRecord record : book.records()) {
                if (record.session().state() instanceof SessionState.Ready
                        && !record.session().owner().equals(UserId.PLATFORM)
                        && responsibility.covers(record.id())) {
                    if (computes(record.id(), now)) {
                        used(record, now);
                    }
                    if (record.plan().version().activity() != null) {
                        tellers.add(record);
                    }
                }
            }
            if (asked.isDone()) {
                asked = AtOnce.each(tellers, AT_ONCE, this::ask);
            }
        } catch (RuntimeException e) {
            LOG.warn("sessions could not be asked for their work", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private CompletionStage<?> ask(SessionRecord record) {
        Instant now = clock.instant();
        Optional<SessionDirectory.Entry> entry = book.find(record.id());
        Optional<Endpoint> endpoint = runtime.endpoint(record.id());
        return entry.isPresent() && endpoint.isPresent()
                ? probe.ask(entry.get(), endpoint.get()).thenAccept(activity -> told(record, activity, now))
                : CompletableFuture.completedFuture(null);
    }

    private void told(SessionRecord record, Activity activity, Instant now) {
        if (activity.busy()) {
            busy.add(record.id());
        } else {
            busy.remove(record.id());
        }
        Instant at = activity.busy() ? now : activity.at();
        if (at != null) {
            used(record, at);
        }
    }

    private void used(SessionRecord record, Instant at) {
        Instant before = record.session().lastUsedAt();
        if (before == null || at.isAfter(before)) {
            book.used(record.id(), at);
        }
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
