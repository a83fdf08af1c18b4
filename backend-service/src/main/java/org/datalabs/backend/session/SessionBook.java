package org.datalabs.backend.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Every session that is not over, in memory as in the store: writes go through to the store first, and what other replicas
 * write is followed. Listeners hear of each change right after its commit, on the thread of the writer or follower.
 * Thread-safe; reads never block.
 */
public final class SessionBook implements SessionDirectory {
    private static final int BATCH = 200;
    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

    private final SessionStore store;
    private final Map<SessionId, SessionRecord> records = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> used = new ConcurrentHashMap<>();
    private final Map<SessionId, Instant> flushedAt = new ConcurrentHashMap<>();
    private final List<Consumer<SessionId>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<SessionId>> endListeners = new CopyOnWriteArrayList<>();

    public SessionBook(SessionStore store) {
        this.store = store;
        store.unfinished().forEach(this::remember);
    }

    /** Calls {@code listener} after each change of a session. */
    public void onChange(Consumer<SessionId> listener) {
        listeners.add(listener);
    }

    /**
     * Calls {@code listener} when a session will not be entered any more: it is to be destroyed, has stopped, failed or was
     * removed. It may hear of one session several times.
     */
    public void onEnd(Consumer<SessionId> listener) {
        endListeners.add(listener);
    }

    @Override
    public Optional<Entry> find(SessionId session) {
        return record(session)
                .filter(record -> record.session().desired() != Desired.DESTROYED)
                .map(record -> new Entry(record.session(), record.plan().version(), record.token()));
    }

    @Override
    public void used(SessionId session, Instant at) {
        used.merge(session, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The record of a session that is not over. */
    Optional<SessionRecord> record(SessionId session) {
        return Optional.ofNullable(records.get(session));
    }

    Collection<SessionRecord> records() {
        return List.copyOf(records.values());
    }

    @Override
    public Optional<Entry> look(SessionId session) {
        refresh(session);
        return find(session);
    }

    /** Reads a session anew from the store. */
    Optional<SessionRecord> refresh(SessionId session) {
        Optional<SessionRecord> kept = store.find(session);
        if (kept.isPresent()) {
            remember(kept.get());
        } else {
            records.remove(session);
        }
        return kept;
    }

    /** Reads from the store all sessions that have changed there. */
    void refreshAll() {
        Map<SessionId, Long> revisions = store.revisions();
        List<SessionId> stale = new ArrayList<>();
        revisions.forEach((session, revision) -> {
            SessionRecord known = records.get(session);
            if (known == null || known.session().revision() < revision) {
                stale.add(session);
            }
        });
        records.keySet().stream()
                .filter(session -> !revisions.containsKey(session))
                .forEach(stale::add);
        follow(stale);
    }

    /** Reads sessions that may have changed anew from the store, and tells of those that did. */
    void follow(Collection<SessionId> sessions) {
        List<SessionId> all = List.copyOf(sessions);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<SessionId> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            Set<SessionId> gone = new HashSet<>(batch);
            for (SessionRecord record : store.find(batch)) {
                gone.remove(record.id());
                changed(record);
            }
            for (SessionId session : gone) {
                records.remove(session);
                tell(session);
                tellEnd(session);
            }
        }
    }

    /** Whether memory holds this state of a session, or a later one. */
    boolean knows(Session session) {
        SessionRecord known = records.get(session.id());
        return known != null
                && known.session().revision() >= session.revision()
                && Objects.equals(known.session().lastUsedAt(), session.lastUsedAt());
    }

    SessionStore.Launched launch(
            UserId owner,
            SessionStore.@Nullable LaunchKey key,
            Function<QuotaUse, SessionRecord> decide,
            ReadySessions ready) {
        SessionStore.Launched launched = store.launch(owner, key, decide, ready);
        changed(launched.record());
        return launched;
    }

    /** Adds to the sessions of the platform; see {@link SessionStore#stock}. */
    public List<SessionRecord> stock(Function<List<SessionRecord>, List<SessionRecord>> decide) {
        List<SessionRecord> added = store.stock(decide);
        added.forEach(this::changed);
        return added;
    }

    /** The platform's own sessions that are not over. */
    public List<SessionRecord> stock() {
        return records.values().stream()
                .filter(record -> record.session().owner().equals(UserId.PLATFORM))
                .toList();
    }

    /** Replaces a session, unless it has changed meanwhile; see {@link SessionStore#update}. */
    public Optional<SessionRecord> update(SessionRecord record) {
        Optional<SessionRecord> written = store.update(record);
        written.ifPresent(this::changed);
        return written;
    }

    Optional<SessionRecord> claim(SessionRecord record, Function<QuotaUse, Optional<Problem>> refusal) {
        Optional<SessionRecord> written = store.claim(record, refusal);
        written.ifPresent(this::changed);
        return written;
    }

    /** Deletes a session, unless it has changed meanwhile. */
    public boolean remove(SessionRecord record) {
        boolean removed = store.remove(record);
        if (removed) {
            records.remove(record.id());
            tell(record.id());
            tellEnd(record.id());
        }
        return removed;
    }

    /** Writes the times of use that were noted, and tells of them; of one session no more than once a minute. */
    void flushUse(Instant now) {
        flushedAt.keySet().retainAll(records.keySet());
        for (SessionId session : List.copyOf(used.keySet())) {
            Instant before = flushedAt.get(session);
            if (before == null || !before.plus(BETWEEN_USES).isAfter(now)) {
                flushedAt.put(session, now);
                flushUse(session);
            }
        }
    }

    /** Writes all times of use that were noted. */
    void flushAllUse() {
        List.copyOf(used.keySet()).forEach(this::flushUse);
    }

    private void flushUse(SessionId session) {
        Instant at = used.remove(session);
        if (at != null && records.containsKey(session)) {
            store.used(session, at).ifPresent(this::remember);
        }
    }

    private void changed(SessionRecord record) {
        remember(record);
        tell(record.id());
        Session session = record.session();
        if (session.desired() == Desired.DESTROYED
                || session.state() instanceof SessionState.Stopped
                || session.state() instanceof SessionState.Failed) {
            tellEnd(record.id());
        }
    }

    private void remember(SessionRecord record) {
        if (record.session().state() instanceof SessionState.Stopped) {
            records.remove(record.id());
        } else {
            records.merge(
                    record.id(),
                    record,
                    (old, fresh) -> fresh.session().revision() >= old.session().revision() ? fresh : old);
        }
    }

    private void tell(SessionId session) {
        listeners.forEach(listener -> listener.accept(session));
    }

    private void tellEnd(SessionId session) {
        endListeners.forEach(listener -> listener.accept(session));
    }
}
