package org.datalabs.bench.launch;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.client.EventListener;
import org.datalabs.core.client.EventStream;
import org.datalabs.core.client.StreamState;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;

/** Hears of a datazone's sessions by its events, and when. Thread-safe. */
public final class Sessions implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;

    private final DatazoneClient client;
    private final EventStream stream;
    private final Map<SessionId, Long> ready = new ConcurrentHashMap<>();
    private final Map<SessionId, String> failed = new ConcurrentHashMap<>();
    private volatile boolean connected;

    /** Returns when the stream is connected. */
    public Sessions(DatazoneClient client, Duration patience) {
        this.client = client;
        stream = EventStream.open(client, new EventListener() {
            @Override
            public void onEvent(DatazoneEvent event) {
                long now = System.nanoTime();
                connected = true;
                if (event instanceof DatazoneEvent.SessionChanged changed) {
                    take(changed.session(), now);
                }
            }

            @Override
            public void onState(StreamState state) {}
        });
        until("the events come", patience, () -> connected ? Optional.of(true) : Optional.empty());
    }

    private void take(Session session, long now) {
        if (session.state() instanceof SessionState.Ready) {
            ready.putIfAbsent(session.id(), now);
        } else if (session.state() instanceof SessionState.Failed failure) {
            failed.putIfAbsent(session.id(), failure.cause());
        }
    }

    /** When the news of its being ready came, of {@link System#nanoTime}. */
    public long awaitReady(SessionId session, Duration patience) {
        return until("the session is ready", patience, () -> {
            String failure = failed.get(session);
            if (failure != null) {
                throw new MeasurementException("The session failed: " + failure);
            }
            return Optional.ofNullable(ready.get(session));
        });
    }

    /** Destroys a session and waits until it is gone. */
    public void destroy(SessionId session, Duration patience) {
        client.destroy(session);
        until(
                "the session is gone",
                patience,
                () -> client.sessions().stream().noneMatch(one -> one.id().equals(session))
                        ? Optional.of(true)
                        : Optional.empty());
    }

    private static <T> T until(String what, Duration patience, Supplier<Optional<T>> condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> value = condition.get();
            if (value.isPresent()) {
                return value.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new MeasurementException("Waited " + patience.toSeconds() + " s in vain until " + what + ".");
    }

    @Override
    public void close() {
        stream.close();
    }
}
