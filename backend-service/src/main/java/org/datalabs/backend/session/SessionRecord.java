package org.datalabs.backend.session;

import java.time.Instant;
import java.util.List;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;

/**
 * A session as the store keeps it.
 *
 * @param session what clients are told
 * @param plan what it was launched with
 * @param token its own token; a secret that never leaves the backend
 */
public record SessionRecord(Session session, LaunchPlan plan, String token) {

    /** A session that begins now. */
    public static SessionRecord begin(SessionId id, UserId owner, LaunchPlan plan, String token, Instant now) {
        Session session = new Session(
                id,
                owner,
                plan.name(),
                plan.datalab(),
                plan.datalabName(),
                plan.version().name(),
                plan.kind(),
                plan.version().home(),
                plan.resources(),
                plan.mounts(),
                plan.options(),
                Desired.RUNNING,
                new SessionState.Starting(List.of(), now),
                now,
                now.plusSeconds(60L * plan.lifetimeMinutes()),
                null,
                1);
        return new SessionRecord(session, plan, token);
    }

    public SessionId id() {
        return session.id();
    }

    public SessionRecord with(Session changed) {
        return new SessionRecord(changed, plan, token);
    }

    /**
     * A ready session of the platform as that of whoever launched {@code wanted}: from now on, and with nothing of what
     * was before.
     */
    public SessionRecord takenOverBy(SessionRecord wanted) {
        Session own = wanted.session;
        Session taken = new Session(
                session.id(),
                own.owner(),
                own.name(),
                own.datalab(),
                own.datalabName(),
                own.version(),
                own.kind(),
                own.home(),
                own.resources(),
                own.mounts(),
                own.options(),
                own.desired(),
                new SessionState.Ready(own.createdAt()),
                own.createdAt(),
                own.endsAt(),
                null,
                session.revision());
        return new SessionRecord(taken, wanted.plan, token);
    }

    @Override
    public String toString() {
        return "SessionRecord[" + id() + "]";
    }
}
