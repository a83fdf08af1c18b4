package org.datalabs.backend.session;

import org.datalabs.core.session.SessionId;

/**
 * Which sessions this replica of the service looks after. It spares work, and is no lock: two replicas may for a while
 * both think that a session is theirs, so every write is fenced by the record's revision. Answers from memory;
 * thread-safe.
 */
public interface Responsibility {

    /** Whether this replica reconciles a session. */
    default boolean covers(SessionId session) {
        return covers(session.value());
    }

    /** Whether this replica has a duty that one of all has, by the duty's name. */
    boolean covers(String duty);

    /** Calls {@code listener} after other sessions than before may be covered. */
    void onChange(Runnable listener);

    /** Of a service that has no other replicas. */
    static Responsibility all() {
        return new Responsibility() {
            @Override
            public boolean covers(String duty) {
                return true;
            }

            @Override
            public void onChange(Runnable listener) {
                // nothing ever changes
            }
        };
    }
}
