package org.datalabs.backend.session;

import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;

/** Issues one-time admissions to the data plane. Thread-safe; may block. */
@FunctionalInterface
public interface TicketOffice {
    Ticket issue(SessionId session, UserId user);
}
