package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.events.EventHub;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples what sessions use, keeps the last ten minutes in memory, and tells their owners. Thread-safe. */
public final class UsageRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageRecorder.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final SessionRuntime runtime;
    private final SessionBook book;
    private final EventHub events;
    private final Clock clock;
    private final Map<SessionId, Deque<UsageSample>> kept = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    public UsageRecorder(SessionRuntime runtime, SessionBook book, EventHub events, Clock clock) {
        this.runtime = runtime;
        this.book = book;
        this.events = events;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "usage");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused =
                timer.scheduleWithFixedDelay(this::sample, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Samples of the last ten minutes, oldest first. */
    List<UsageSample> of(SessionId session) {
        Deque<UsageSample> samples = kept.get(session);
        if (samples == null) {
            return List.of();
        }
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void sample() {
        try {
            kept.keySet().removeIf(session -> book.record(session).isEmpty());
            Map<UserId, List<UsageSample>> byOwner = new HashMap<>();
            for (UsageSample sample : runtime.usage()) {
                Optional<SessionRecord> record = book.record(sample.session());
                if (record.isPresent()) {
                    keep(sample);
                    byOwner.computeIfAbsent(record.get().session().owner(), owner -> new ArrayList<>())
                            .add(sample);
                }
            }
            byOwner.forEach((owner, samples) -> events.pass(owner, "usage", new DatazoneEvent.Usage(samples)));
        } catch (RuntimeException e) {
            LOG.warn("use could not be sampled", e);
        }
    }

    private void keep(UsageSample sample) {
        Instant oldest = clock.instant().minus(KEPT);
        Deque<UsageSample> samples = kept.computeIfAbsent(sample.session(), session -> new ArrayDeque<>());
        synchronized (samples) {
            samples.addLast(sample);
            while (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest)) {
                samples.removeFirst();
            }
        }
    }
}
