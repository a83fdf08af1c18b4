package org.datalabs.desktop.running;

import java.time.Instant;
import java.util.Optional;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.Datazone;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a session.
 *
 * @param session as it was then; for one that has ended as it was last seen
 */
public record SessionNews(What what, Datazone datazone, Session session, Instant at) {
    /** What can happen. */
    public enum What {
        LAUNCHED,
        READY,
        FAILED,
        PAUSED,
        ENDED,
        ENDS_SOON,
        /** Will be paused soon because it is idle. */
        PAUSES_SOON
    }

    /**
     * What lies between two sightings of a session.
     *
     * @param before null when it was not seen before
     * @param after null when it is gone
     */
    static Optional<What> between(@Nullable Session before, @Nullable Session after) {
        if (after == null) {
            boolean told = before == null || before.state() instanceof SessionState.Failed;
            return told ? Optional.empty() : Optional.of(What.ENDED);
        }
        SessionState now = after.state();
        if (before != null && before.state().getClass() == now.getClass()) {
            return Optional.empty();
        }
        if (now instanceof SessionState.Ready) {
            return Optional.of(What.READY);
        }
        if (now instanceof SessionState.Failed) {
            return Optional.of(What.FAILED);
        }
        if (now instanceof SessionState.Paused) {
            return Optional.of(What.PAUSED);
        }
        boolean begins = now instanceof SessionState.Pending || now instanceof SessionState.Starting;
        return before == null && begins ? Optional.of(What.LAUNCHED) : Optional.empty();
    }
}
