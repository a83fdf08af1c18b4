package org.datalabs.tour;

import java.util.List;
import java.util.Optional;
import org.datalabs.core.session.SessionId;

/** Where the sessions of a tour run, seen by that place's own means: what it says does not pass through Datalabs. */
interface Place {
    /** Sessions that run or are being started. */
    List<SessionId> running();

    /** What is there of any session, one line each. */
    List<String> ofSessions();

    /** The X server of a desktop session, once there is one. */
    Optional<Display> display(SessionId session);
}
