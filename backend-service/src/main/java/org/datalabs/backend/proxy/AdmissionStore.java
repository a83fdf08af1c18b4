package org.datalabs.backend.proxy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;

/**
 * Tickets and admissions, known only by the hashes of their secrets. Blocks; thread-safe; every method is one
 * transaction.
 */
public interface AdmissionStore {

    /**
     * A right of one user to one session, until a moment.
     *
     * @param hash SHA-256 of the secret, 64 hexadecimal digits
     * @param user whose session it is
     * @param viewOnly whether whoever holds it may look at a desktop and not act in it
     */
    record Grant(String hash, SessionId session, UserId user, boolean viewOnly, Instant expiresAt) {}

    /** Keeps a ticket and drops all tickets and admissions that had lapsed by {@code now}. */
    void addTicket(Grant ticket, Instant now);

    /**
     * Uses a ticket up. Of any number of attempts, at any number of replicas, one succeeds.
     *
     * @return the ticket; empty when it is unknown, used, lapsed or of another session
     */
    Optional<Grant> takeTicket(String hash, SessionId session, Instant now);

    void addAdmission(Grant admission);

    /** An admission that has not lapsed. */
    Optional<Grant> admission(String hash, SessionId session, Instant now);

    /** Drops everything of a session. */
    void revoke(SessionId session);

    /** Drops everything of all users but these. */
    void retain(Set<UserId> users);
}
