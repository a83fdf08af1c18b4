package org.datalabs.backend.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.datalabs.backend.proxy.AdmissionStore;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tickets and admissions in the database. */
public final class JdbiAdmissionStore implements AdmissionStore {
    private final Jdbi jdbi;

    public JdbiAdmissionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void addTicket(Grant ticket, Instant now) {
        jdbi.useTransaction(handle -> {
            for (String table : new String[] {"tickets", "admissions"}) {
                handle.createUpdate("DELETE FROM " + table + " WHERE expires_at <= :now")
                        .bind("now", utc(now))
                        .execute();
            }
            insert(handle, "tickets", ticket);
        });
    }

    @Override
    public Optional<Grant> takeTicket(String hash, SessionId session, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<Grant> ticket = find(handle, "tickets", hash, session, now);
            // The row count of the deletion, not the look-up, says who was first.
            boolean mine = handle.createUpdate("DELETE FROM tickets WHERE hash = :hash AND session_id = :session")
                            .bind("hash", hash)
                            .bind("session", session.value())
                            .execute()
                    == 1;
            return mine ? ticket : Optional.empty();
        });
    }

    @Override
    public void addAdmission(Grant admission) {
        jdbi.useHandle(handle -> insert(handle, "admissions", admission));
    }

    @Override
    public Optional<Grant> admission(String hash, SessionId session, Instant now) {
        return jdbi.withHandle(handle -> find(handle, "admissions", hash, session, now));
    }

    @Override
    public void revoke(SessionId session) {
        jdbi.useTransaction(handle -> {
            for (String table : new String[] {"tickets", "admissions"}) {
                handle.createUpdate("DELETE FROM " + table + " WHERE session_id = :session")
                        .bind("session", session.value())
                        .execute();
            }
        });
    }

    @Override
    public void retain(Set<UserId> users) {
        jdbi.useTransaction(handle -> {
            List<String> holders = handle.createQuery(
                            "SELECT user_id FROM tickets UNION SELECT user_id FROM admissions")
                    .mapTo(String.class)
                    .list();
            for (String holder : holders) {
                if (!users.contains(new UserId(holder))) {
                    handle.execute("DELETE FROM tickets WHERE user_id = ?", holder);
                    handle.execute("DELETE FROM admissions WHERE user_id = ?", holder);
                }
            }
        });
    }

    private static void insert(Handle handle, String table, Grant grant) {
        handle.createUpdate(
                        "INSERT INTO " + table
                                + " (hash, session_id, user_id, view_only, expires_at) VALUES (:hash, :session, :user, :viewOnly, :expires)")
                .bind("hash", grant.hash())
                .bind("session", grant.session().value())
                .bind("user", grant.user().value())
                .bind("viewOnly", grant.viewOnly())
                .bind("expires", utc(grant.expiresAt()))
                .execute();
    }

    private static Optional<Grant> find(Handle handle, String table, String hash, SessionId session, Instant now) {
        return handle.createQuery("SELECT hash, session_id, user_id, view_only, expires_at FROM " + table
                        + " WHERE hash = :hash AND session_id = :session AND expires_at > :now")
                .bind("hash", hash)
                .bind("session", session.value())
                .bind("now", utc(now))
                .map((row, context) -> grant(row))
                .findOne();
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString("hash"),
                new SessionId(row.getString("session_id")),
                new UserId(row.getString("user_id")),
                row.getBoolean("view_only"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
