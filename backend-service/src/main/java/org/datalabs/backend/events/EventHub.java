package org.datalabs.backend.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.datalabs.backend.events.EventStore.StoredEvent;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to open streams: each kept event once and in order, from where the client left off.
 *
 * <p>Everything happens on one thread of its own, so a subscription never misses what falls between the kept events it
 * is told and the new ones. Thread-safe.
 */
public final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final int BATCH = 500;
    private static final long KEPT = 10_000;
    private static final Duration KEPT_FOR = Duration.ofDays(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final String HEARTBEAT_FRAME = ":\n\n";

    private final EventStore store;
    private final ObjectMapper json;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Map<EventSink, UserId> open = new LinkedHashMap<>();
    private final List<Consumer<List<StoredEvent>>> followers = new CopyOnWriteArrayList<>();
    private final String epoch;
    private long last;
    private boolean ended;
    private volatile int openCount;
    private volatile Duration lag = Duration.ZERO;

    public EventHub(EventStore store, ObjectMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.epoch = store.epoch();
        this.last = store.last();
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "events");
            named.setDaemon(true);
            return named;
        });
        long beat = HEARTBEAT.toMillis();
        var unusedBeat = thread.scheduleWithFixedDelay(() -> toAll(HEARTBEAT_FRAME), beat, beat, TimeUnit.MILLISECONDS);
        var unusedPrune = thread.scheduleWithFixedDelay(this::prune, 1, 10, TimeUnit.MINUTES);
    }

    /**
     * Opens a stream.
     *
     * @param lastEventId id of the last event that the client has seen, or null; when it is unknown or too old the
     *     stream begins with {@code resync}
     */
    public void open(UserId user, @Nullable String lastEventId, EventSink sink) {
        run(() -> {
            try {
                begin(user, lastEventId, sink);
            } catch (RuntimeException e) {
                // The client comes back, here or at another replica.
                sink.close();
                throw e;
            }
        });
    }

    private void begin(UserId user, @Nullable String lastEventId, EventSink sink) {
        if (ended) {
            sink.close();
            return;
        }
        pump();
        Optional<Long> seen = lastEventId == null ? Optional.empty() : EventFrame.number(epoch, lastEventId);
        if (seen.isPresent() && seen.get() >= store.floor() && seen.get() <= last) {
            if (!repeat(user, seen.get(), sink)) {
                sink.close();
                return;
            }
        } else if (!sink.offer(EventFrame.resync(epoch, last))) {
            sink.close();
            return;
        }
        open.put(sink, user);
    }

    /**
     * Calls {@code follower} with all that is kept from now on, in order and once, before any client is told. It runs on
     * the hub's thread, so it is brief; when it throws it is given the same again.
     */
    public void onKept(Consumer<List<StoredEvent>> follower) {
        followers.add(follower);
    }

    /** How old the event was that was last sent, when it was. */
    public Duration lag() {
        return lag;
    }

    /** How many streams are open. */
    public int openStreams() {
        return openCount;
    }

    /** Ends all streams of a user who may not read them any more. */
    public void drop(UserId user) {
        run(() -> {
            List<EventSink> theirs = open.entrySet().stream()
                    .filter(stream -> stream.getValue().equals(user))
                    .map(Map.Entry::getKey)
                    .toList();
            theirs.forEach(EventSink::close);
            open.keySet().removeAll(theirs);
        });
    }

    /** Forgets a stream that its client has left. */
    public void leave(EventSink sink) {
        run(() -> open.remove(sink));
    }

    /** Tells that the store has new events; cheap. */
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            run(() -> {
                woken.set(false);
                pump();
            });
        }
    }

    /** Sends an event that is not kept to one user's streams. */
    public void pass(UserId user, String type, DatazoneEvent event) {
        run(() -> {
            if (open.containsValue(user)) {
                deliver(user, EventFrame.passing(type, event, json));
            }
        });
    }

    /** Ends all streams, and any that is opened from now on. */
    public void endStreams() {
        run(() -> {
            ended = true;
            open.keySet().forEach(EventSink::close);
            open.clear();
        });
    }

    /** Ends all streams and stops asking the store. */
    @Override
    public void close() {
        endStreams();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean repeat(UserId user, long from, EventSink sink) {
        long position = from;
        while (position < last) {
            List<StoredEvent> events = store.after(position, BATCH);
            if (events.isEmpty()) {
                return true;
            }
            for (StoredEvent event : events) {
                position = event.number();
                if (position > last) {
                    return true;
                }
                if (concerns(event, user) && !sink.offer(EventFrame.kept(epoch, event))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void pump() {
        List<StoredEvent> events;
        do {
            List<StoredEvent> batch = store.after(last, BATCH);
            events = batch;
            if (!batch.isEmpty()) {
                followers.forEach(follower -> follower.accept(batch));
            }
            for (StoredEvent event : batch) {
                last = event.number();
                deliver(event.owner(), EventFrame.kept(epoch, event));
            }
            if (!batch.isEmpty()) {
                lag = Duration.between(batch.get(batch.size() - 1).at(), clock.instant());
            }
        } while (events.size() == BATCH);
    }

    private void toAll(String frame) {
        deliver(null, frame);
    }

    private void deliver(@Nullable UserId owner, String frame) {
        Iterator<Map.Entry<EventSink, UserId>> streams = open.entrySet().iterator();
        while (streams.hasNext()) {
            Map.Entry<EventSink, UserId> stream = streams.next();
            boolean meant = owner == null || owner.equals(stream.getValue());
            if (meant && !stream.getKey().offer(frame)) {
                stream.getKey().close();
                streams.remove();
            }
        }
    }

    private static boolean concerns(StoredEvent event, UserId user) {
        return event.owner() == null || event.owner().equals(user);
    }

    /** A database that is away is told of by whoever asks it for a user; here it would be told of every second. */
    private static void tell(RuntimeException failure) {
        if (StoreOutage.caused(failure)) {
            LOG.debug("events wait for the database", failure);
        } else {
            LOG.error("events could not be delivered", failure);
        }
    }

    private void prune() {
        try {
            store.prune(clock.instant().minus(KEPT_FOR), KEPT);
        } catch (RuntimeException e) {
            LOG.warn("old events could not be deleted", e);
        }
    }

    private void run(Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                    openCount = open.size();
                } catch (RuntimeException e) {
                    tell(e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the hub is closed");
        }
    }
}
