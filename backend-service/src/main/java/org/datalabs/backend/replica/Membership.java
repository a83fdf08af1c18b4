package org.datalabs.backend.replica;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.datalabs.backend.session.Responsibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica's place among the others. It tells the database every second that it lives. One whose last beat is five
 * seconds old counts as dead; it itself stops covering anything a second earlier, so a replica that is cut off from the
 * database has let go before others take over. Thread-safe.
 */
public final class Membership implements Responsibility, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    static final Duration LIFE = Duration.ofSeconds(5);
    static final Duration TRUST = Duration.ofSeconds(4);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final ReplicaStore store;
    private final ReplicaId self;
    private final LongSupplier nanoTime;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;
    private volatile View view;
    private boolean silent;

    /**
     * What was seen at one beat.
     *
     * @param members all that lived
     * @param at when the beat began, by the monotonic clock: not later than the database took it for
     */
    private record View(Set<ReplicaId> members, long at) {}

    public Membership(ReplicaStore store, ReplicaId self) {
        this(store, self, System::nanoTime);
    }

    Membership(ReplicaStore store, ReplicaId self, LongSupplier nanoTime) {
        this.store = store;
        this.self = self;
        this.nanoTime = nanoTime;
        this.view = new View(Set.of(), nanoTime.getAsLong());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "replica");
            named.setDaemon(true);
            return named;
        });
    }

    /** Joins, and beats from now on. */
    public void start() {
        LOG.info("this is replica {}", self);
        var unused = thread.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at the list at once, since it has changed. */
    public void look() {
        try {
            thread.execute(this::beat);
        } catch (RejectedExecutionException e) {
            LOG.debug("this replica has left");
        }
    }

    @Override
    public boolean covers(String duty) {
        View now = view;
        return nanoTime.getAsLong() - now.at() < TRUST.toNanos()
                && Rendezvous.owner(duty, now.members()).filter(self::equals).isPresent();
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** How many replicas live, as far as this one knows; 0 while it is cut off from the database. */
    public int members() {
        View now = view;
        return nanoTime.getAsLong() - now.at() < TRUST.toNanos() ? now.members().size() : 0;
    }

    /** Leaves: covers nothing any more, and the others take over at once. */
    @Override
    public void close() {
        LOG.info("replica {} leaves", self);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LIFE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        view = new View(Set.of(), nanoTime.getAsLong());
        try {
            store.leave(self);
        } catch (RuntimeException e) {
            LOG.warn("the other replicas could not be told that this one leaves; they find out by its silence", e);
        } finally {
            store.close();
        }
    }

    void beat() {
        View before = view;
        long at = nanoTime.getAsLong();
        boolean expired = at - before.at() >= TRUST.toNanos();
        try {
            Set<ReplicaId> members = store.beat(self, LIFE);
            view = new View(Set.copyOf(members), at);
            if (silent) {
                silent = false;
                LOG.info("the database answers again");
            }
            if (expired || !members.equals(before.members())) {
                LOG.info("{} replicas share the sessions", members.size());
                listeners.forEach(Runnable::run);
            }
        } catch (RuntimeException e) {
            if (!silent) {
                silent = true;
                LOG.warn("the database does not hear this replica; it looks after nothing until it does", e);
            }
        }
    }
}
