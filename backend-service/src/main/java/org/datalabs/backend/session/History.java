package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.session.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the records and logs of sessions that stopped long ago. */
public final class History implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** How long a stopped session is still listed. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final int BATCH = 200;

    private final SessionStore store;
    private final SessionRuntime runtime;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    public History(SessionStore store, SessionRuntime runtime, Clock clock) {
        this.store = store;
        this.runtime = runtime;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "history");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::prune, 1, 60, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void prune() {
        try {
            store.prune(clock.instant().minus(KEPT)).forEach(runtime::forget);
            sweepLogs();
        } catch (RuntimeException e) {
            LOG.warn("old sessions could not be deleted", e);
        }
    }

    /** A service that was killed between the end of a record and that of its log has left the log. */
    private void sweepLogs() {
        List<SessionId> kept = List.copyOf(runtime.keptLogs());
        for (int from = 0; from < kept.size(); from += BATCH) {
            Set<SessionId> gone = new HashSet<>(kept.subList(from, Math.min(kept.size(), from + BATCH)));
            gone.removeAll(store.existing(gone));
            gone.forEach(runtime::forget);
        }
    }
}
