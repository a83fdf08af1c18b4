package org.datalabs.backend.session;

import java.time.Instant;
import java.util.Optional;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;

/**
 * What the data plane may know of sessions. Answers from memory, at most some milliseconds behind the store, and never
 * blocks unless told otherwise. Thread-safe.
 */
public interface SessionDirectory {

    /** A session that has not been destroyed. */
    Optional<Entry> find(SessionId session);

    /** As {@link #find}, up to date with the store: for the rare moments when some milliseconds count. Blocks. */
    default Optional<Entry> look(SessionId session) {
        return find(session);
    }

    /** Notes that the owner used the session; cheap enough to be called for every request. */
    void used(SessionId session, Instant at);

    /**
     * A session with what is needed to reach it.
     *
     * @param session the session
     * @param version what it runs
     * @param token its own token; a secret that never leaves the backend
     */
    record Entry(Session session, Version version, String token) {
        @Override
        public String toString() {
            return "Entry[" + session.id() + "]";
        }
    }
}
