package org.datalabs.core.session;

import java.time.Duration;
import java.time.Instant;

/** When a session counts as idle. Pure. */
public final class IdleRule {
    private IdleRule() {}

    /**
     * When a ready session is paused unless it is used or at work before.
     *
     * @param idle how long it may be neither
     */
    public static Instant pausesAt(Session session, Duration idle) {
        Instant ready = session.state().since();
        Instant used = session.lastUsedAt();
        return (used == null || used.isBefore(ready) ? ready : used).plus(idle);
    }
}
