package org.datalabs.backend.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.datalabs.backend.session.QuotaPolicy;
import org.datalabs.backend.session.ReadySessions;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.backend.session.SessionStore;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

final class JdbiSessionStore implements SessionStore {
    private final Jdbi jdbi;
    private final EventWriter events;
    private final SessionRows rows;
    private final RunCounts runs;
    private final QuotaPolicy quotas;
    private final Clock clock;

    JdbiSessionStore(Jdbi jdbi, EventWriter events, SessionRows rows, QuotaPolicy quotas, Clock clock) {
        this.jdbi = jdbi;
        this.events = events;
        this.rows = rows;
        this.runs = new RunCounts(jdbi);
        this.quotas = quotas;
        this.clock = clock;
    }

    @Override
    public Launched launch(
            UserId owner, @Nullable LaunchKey key, Function<QuotaUse, SessionRecord> decide, ReadySessions ready) {
        return jdbi.inTransaction(handle -> {
            lock(handle, owner);
            if (key != null) {
                Optional<Launched> earlier = launched(handle, owner, key);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            SessionRecord fresh = decide.apply(use(handle, owner));
            Optional<SessionRecord> taken = rows.takeOver(handle, ready.like(fresh.plan()), fresh);
            if (taken.isEmpty()) {
                insert(handle, fresh);
            }
            SessionRecord record = taken.orElse(fresh);
            if (key != null) {
                handle.createUpdate("insert into launches (owner, launch_key, request, session, created_at)"
                                + " values (:owner, :key, :request, :session, :at)")
                        .bind("owner", owner.value())
                        .bind("key", key.key())
                        .bind("request", key.request())
                        .bind("session", record.id().value())
                        .bind("at", clock.instant())
                        .execute();
            }
            List<DatazoneEvent> news = List.of(
                    new DatazoneEvent.SessionChanged(record.session()),
                    new DatazoneEvent.QuotaChanged(use(handle, owner)));
            runs.count(handle, record.session().datalab());
            events.append(handle, owner, news);
            return new Launched(record, false, taken.isPresent());
        });
    }

    @Override
    public List<SessionRecord> stock(Function<List<SessionRecord>, List<SessionRecord>> decide) {
        return jdbi.inTransaction(handle -> {
            lock(handle, UserId.PLATFORM);
            List<SessionRecord> added = decide.apply(rows.list(handle, UserId.PLATFORM, null));
            added.forEach(record -> insert(handle, record));
            if (!added.isEmpty()) {
                events.append(
                        handle,
                        UserId.PLATFORM,
                        added.stream()
                                .map(record -> new DatazoneEvent.SessionChanged(record.session()))
                                .toList());
            }
            return added;
        });
    }

    @Override
    public List<SessionId> clearStock() {
        return jdbi.inTransaction(handle -> {
            List<SessionId> stopped = rows.list(handle, UserId.PLATFORM, Instant.EPOCH).stream()
                    .map(SessionRecord::id)
                    .toList();
            stopped.forEach(session -> handle.execute("delete from sessions where id = ?", session.value()));
            return stopped;
        });
    }

    private void insert(Handle handle, SessionRecord record) {
        rows.insert(handle, record);
        for (VolumeId volume :
                record.plan().mounts().stream().map(Mount::volume).distinct().toList()) {
            handle.execute(
                    "insert into session_mounts (session, volume) values (?, ?)",
                    record.id().value(),
                    volume.value());
        }
    }

    @Override
    public Optional<Launched> launched(UserId owner, LaunchKey key) {
        return jdbi.inTransaction(handle -> launched(handle, owner, key));
    }

    @Override
    public Optional<SessionRecord> update(SessionRecord changed) {
        // Nearly every change leaves quota as it is, and then its revision alone keeps writers apart.
        Optional<SessionRecord> written = jdbi.inTransaction(handle -> {
            Optional<SessionRecord> next =
                    rows.update(handle, changed, changed.session().state().holdsQuota());
            next.ifPresent(record -> append(handle, record, List.of()));
            return next;
        });
        return written.isPresent() ? written : claim(changed, use -> Optional.empty());
    }

    @Override
    public Optional<SessionRecord> claim(SessionRecord changed, Function<QuotaUse, Optional<Problem>> refusal) {
        UserId owner = changed.session().owner();
        return jdbi.inTransaction(handle -> {
            lock(handle, owner);
            Optional<SessionRecord> kept = rows.find(handle, changed.id());
            if (kept.isEmpty()
                    || kept.get().session().revision() != changed.session().revision()) {
                return Optional.empty();
            }
            boolean held = kept.get().session().state().holdsQuota();
            boolean holds = changed.session().state().holdsQuota();
            if (holds && !held) {
                refusal.apply(use(handle, owner)).ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
            }
            Optional<SessionRecord> next = rows.update(handle, changed, held);
            next.ifPresent(record -> append(
                    handle,
                    record,
                    holds == held ? List.of() : List.of(new DatazoneEvent.QuotaChanged(use(handle, owner)))));
            return next;
        });
    }

    private void append(Handle handle, SessionRecord changed, List<? extends DatazoneEvent> more) {
        List<DatazoneEvent> news = new ArrayList<>(List.of(new DatazoneEvent.SessionChanged(changed.session())));
        news.addAll(more);
        events.append(handle, changed.session().owner(), news);
    }

    @Override
    public boolean remove(SessionRecord record) {
        UserId owner = record.session().owner();
        return jdbi.inTransaction(handle -> {
            lock(handle, owner);
            boolean held = record.session().state().holdsQuota();
            int deleted = handle.execute(
                    "delete from sessions where id = ? and revision = ?",
                    record.id().value(),
                    record.session().revision());
            if (deleted == 0) {
                return false;
            }
            List<DatazoneEvent> news = new ArrayList<>(List.of(new DatazoneEvent.SessionRemoved(record.id())));
            if (held) {
                news.add(new DatazoneEvent.QuotaChanged(use(handle, owner)));
            }
            events.append(handle, owner, news);
            return true;
        });
    }

    @Override
    public Optional<SessionRecord> find(SessionId session) {
        return jdbi.withHandle(handle -> rows.find(handle, session));
    }

    @Override
    public List<SessionRecord> find(Collection<SessionId> sessions) {
        return sessions.isEmpty() ? List.of() : jdbi.withHandle(handle -> rows.find(handle, sessions));
    }

    @Override
    public Set<SessionId> existing(Collection<SessionId> sessions) {
        return sessions.isEmpty() ? Set.of() : jdbi.withHandle(handle -> rows.existing(handle, sessions));
    }

    @Override
    public Map<SessionId, Long> revisions() {
        return jdbi.withHandle(rows::revisions);
    }

    @Override
    public List<SessionRecord> unfinished() {
        return jdbi.withHandle(rows::unfinished);
    }

    @Override
    public List<Session> list(UserId owner, @Nullable Instant stoppedSince) {
        return jdbi.withHandle(handle -> rows.list(handle, owner, stoppedSince)).stream()
                .map(SessionRecord::session)
                .toList();
    }

    @Override
    public QuotaUse use(UserId owner) {
        return jdbi.withHandle(handle -> use(handle, owner));
    }

    @Override
    public Optional<SessionRecord> used(SessionId session, Instant at) {
        return jdbi.inTransaction(handle -> {
            int written = handle.execute(
                    "update sessions set last_used_at = ? where id = ? and phase <> 'STOPPED'"
                            + " and (last_used_at is null or last_used_at < ?)",
                    at,
                    session.value(),
                    at);
            // When nothing was written it is over, or another replica saw a later use.
            Optional<SessionRecord> used = rows.find(handle, session)
                    .filter(kept -> !(kept.session().state() instanceof SessionState.Stopped));
            if (written > 0) {
                used.ifPresent(record -> append(handle, record, List.of()));
            }
            return used;
        });
    }

    @Override
    public List<SessionId> prune(Instant before) {
        runs.sum();
        return jdbi.inTransaction(handle -> {
            List<SessionId> old = handle
                    .createQuery("select id from sessions where phase = 'STOPPED' and since < :before")
                    .bind("before", before)
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .map(SessionId::new)
                    .toList();
            old.forEach(session -> handle.execute("delete from sessions where id = ?", session.value()));
            handle.execute("delete from launches where created_at < ?", before);
            return old;
        });
    }

    private Optional<Launched> launched(Handle handle, UserId owner, LaunchKey key) {
        return handle.createQuery("select request, session from launches where owner = :owner and launch_key = :key")
                .bind("owner", owner.value())
                .bind("key", key.key())
                .map((row, context) -> Map.entry(row.getString("request"), row.getString("session")))
                .findOne()
                .map(earlier -> {
                    if (!earlier.getKey().equals(key.request())) {
                        throw new ProblemException(Problem.field(
                                ApiPaths.IDEMPOTENCY_KEY,
                                "This key was used for another launch. Use a new key for a new launch."));
                    }
                    SessionRecord record = rows.find(handle, new SessionId(earlier.getValue()))
                            .orElseThrow(() -> new ProblemException(
                                    ProblemCode.NOT_FOUND,
                                    "What this request launched has been removed since.",
                                    "Use a new key to launch again."));
                    return new Launched(record, true, false);
                });
    }

    private QuotaUse use(Handle handle, UserId owner) {
        return handle.createQuery("select count(*) as sessions, coalesce(sum(cpu_millis), 0) as cpu,"
                        + " coalesce(sum(memory_bytes), 0) as memory, coalesce(sum(gpus), 0) as gpus"
                        + " from sessions where owner = :owner and holds_quota")
                .bind("owner", owner.value())
                .map((row, context) -> new QuotaUse(
                        quotas.of(owner),
                        row.getInt("sessions"),
                        new Resources(row.getInt("cpu"), row.getLong("memory"), row.getInt("gpus"))))
                .one();
    }

    /** Whatever counts or changes what a user holds comes one after the other. */
    private static void lock(Handle handle, UserId owner) {
        handle.createQuery("select id from users where id = :owner for update")
                .bind("owner", owner.value())
                .mapTo(String.class)
                .one();
    }
}
