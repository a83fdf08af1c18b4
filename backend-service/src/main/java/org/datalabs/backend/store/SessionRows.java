package org.datalabs.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions as rows. Plan and state are JSON; what queries ask for stands beside them in columns. Thread-safe. */
final class SessionRows {
    private static final String SELECT = "select id, owner, name, plan, token, desired, state, created_at, ends_at,"
            + " last_used_at, revision from sessions ";

    private static final Logger LOG = LoggerFactory.getLogger(SessionRows.class);

    private final ObjectMapper json;

    SessionRows(ObjectMapper json) {
        this.json = json;
    }

    void insert(Handle handle, SessionRecord record) {
        Session session = record.session();
        handle.createUpdate("insert into sessions (id, owner, name, plan, token, desired, phase, state, holds_quota,"
                        + " cpu_millis, memory_bytes, gpus, created_at, ends_at, since, revision)"
                        + " values (:id, :owner, :name, :plan, :token, :desired, :phase, :state, :holds,"
                        + " :cpu, :memory, :gpus, :created, :ends, :since, :revision)")
                .bind("id", session.id().value())
                .bind("owner", session.owner().value())
                .bind("name", session.name())
                .bind("plan", write(record.plan()))
                .bind("token", record.token())
                .bind("desired", session.desired().name())
                .bind("phase", phase(session.state()))
                .bind("state", write(session.state()))
                .bind("holds", session.state().holdsQuota())
                .bind("cpu", session.resources().cpuMillis())
                .bind("memory", session.resources().memoryBytes())
                .bind("gpus", session.resources().gpus())
                .bind("created", session.createdAt())
                .bind("ends", session.endsAt())
                .bind("since", session.state().since())
                .bind("revision", session.revision())
                .execute();
    }

    /**
     * Makes the first of the platform's sessions among {@code ready} that can be had that of whoever launched
     * {@code wanted}. Launches that come at the same time pass over each other's, and wait for none.
     */
    Optional<SessionRecord> takeOver(Handle handle, List<SessionId> ready, SessionRecord wanted) {
        for (SessionId session : ready) {
            Optional<SessionRecord> taken = handle.createQuery(SELECT + "where id = :id and owner = :platform"
                            + " and phase = 'READY' and desired = 'RUNNING' for update skip locked")
                    .bind("id", session.value())
                    .bind("platform", UserId.PLATFORM.value())
                    .map((row, context) -> record(row))
                    .findOne()
                    .flatMap(kept -> takeOver(handle, kept.takenOverBy(wanted)));
            if (taken.isPresent()) {
                return taken;
            }
        }
        return Optional.empty();
    }

    private Optional<SessionRecord> takeOver(Handle handle, SessionRecord taken) {
        Session session = taken.session();
        int written = handle.createUpdate("update sessions set owner = :owner, plan = :plan, created_at = :created,"
                        + " last_used_at = null where id = :id and revision = :revision")
                .bind("id", session.id().value())
                .bind("owner", session.owner().value())
                .bind("plan", write(taken.plan()))
                .bind("created", session.createdAt())
                .bind("revision", session.revision())
                .execute();
        return written == 1 ? update(handle, taken, true) : Optional.empty();
    }

    /**
     * Writes what can change and counts the revision, unless the row has another revision or holds quota otherwise than
     * {@code held} says; then it is empty, and nothing is written.
     */
    Optional<SessionRecord> update(Handle handle, SessionRecord changed, boolean held) {
        Session session = changed.session();
        return handle.createUpdate("update sessions set name = :name, desired = :desired, phase = :phase,"
                        + " state = :state, holds_quota = :holds, ends_at = :ends, since = :since,"
                        + " revision = revision + 1 where id = :id and revision = :revision and holds_quota = :held")
                .bind("id", session.id().value())
                .bind("name", session.name())
                .bind("desired", session.desired().name())
                .bind("phase", phase(session.state()))
                .bind("state", write(session.state()))
                .bind("holds", session.state().holdsQuota())
                .bind("ends", session.endsAt())
                .bind("since", session.state().since())
                .bind("revision", session.revision())
                .bind("held", held)
                // Times of use are written without a new revision, so only the row knows the last.
                .executeAndReturnGeneratedKeys("last_used_at")
                .map((row, context) ->
                        session.used(instant(row.getTimestamp("last_used_at"))).revised(session.revision() + 1))
                .findOne()
                .map(changed::with);
    }

    Optional<SessionRecord> find(Handle handle, SessionId session) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", session.value())
                .map((row, context) -> record(row))
                .findOne();
    }

    List<SessionRecord> find(Handle handle, Collection<SessionId> sessions) {
        return among(handle, SELECT, sessions).map((row, context) -> legible(row)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Also those that are not legible. */
    Set<SessionId> existing(Handle handle, Collection<SessionId> sessions) {
        return Set.copyOf(among(handle, "select id from sessions ", sessions)
                .map((row, context) -> new SessionId(row.getString("id")))
                .list());
    }

    private static Query among(Handle handle, String select, Collection<SessionId> sessions) {
        Query query = handle.createQuery(
                select + "where id in (" + String.join(",", Collections.nCopies(sessions.size(), "?")) + ")");
        int position = 0;
        for (SessionId session : sessions) {
            query.bind(position++, session.value());
        }
        return query;
    }

    /** The revision of each session that has not stopped. */
    Map<SessionId, Long> revisions(Handle handle) {
        Map<SessionId, Long> revisions = new HashMap<>();
        handle.createQuery("select id, revision from sessions where phase <> 'STOPPED'")
                .map((row, context) -> Map.entry(new SessionId(row.getString("id")), row.getLong("revision")))
                .forEach(entry -> revisions.put(entry.getKey(), entry.getValue()));
        return revisions;
    }

    List<SessionRecord> unfinished(Handle handle) {
        return handle.createQuery(SELECT + "where phase <> 'STOPPED'").map((row, context) -> legible(row)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    List<SessionRecord> list(Handle handle, UserId owner, @Nullable Instant stoppedSince) {
        String which = stoppedSince == null ? "phase <> 'STOPPED'" : "phase = 'STOPPED' and since >= :since";
        var query = handle.createQuery(SELECT + "where owner = :owner and " + which + " order by created_at desc, id")
                .bind("owner", owner.value());
        if (stoppedSince != null) {
            query.bind("since", stoppedSince);
        }
        return query.map((row, context) -> legible(row)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for a record that a newer replica wrote in words that this one does not know: the others still count. */
    private Optional<SessionRecord> legible(ResultSet row) throws SQLException {
        try {
            return Optional.of(record(row));
        } catch (IllegalStateException e) {
            LOG.error("session {} is passed over", row.getString("id"), e);
            return Optional.empty();
        }
    }

    private SessionRecord record(ResultSet row) throws SQLException {
        LaunchPlan plan = read(row.getString("plan"), LaunchPlan.class);
        Session session = new Session(
                new SessionId(row.getString("id")),
                new UserId(row.getString("owner")),
                row.getString("name"),
                plan.datalab(),
                plan.datalabName(),
                plan.version().name(),
                plan.kind(),
                plan.version().home(),
                plan.resources(),
                plan.mounts(),
                plan.options(),
                Desired.valueOf(row.getString("desired")),
                read(row.getString("state"), SessionState.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                instant(row.getTimestamp("last_used_at")),
                row.getLong("revision"));
        return new SessionRecord(session, plan, row.getString("token"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private String phase(SessionState state) {
        return json.valueToTree(state).get("phase").asText();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plans and states are always JSON", e);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a " + type.getSimpleName() + " that cannot be read", e);
        }
    }
}
