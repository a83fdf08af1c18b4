package org.datalabs.backend.session;

import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;

/** Issues one-time admissions to the data plane. Thread-safe; may block. */
@FunctionalInterface
public interface TicketOffice {
    /**
     * A ticket of a session's owner.
     *
     * @param viewOnly whether it lets its holder look at a desktop and not act in it
     */
    Ticket issue(SessionId session, UserId user, boolean viewOnly);
}
