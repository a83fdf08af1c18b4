package org.datalabs.backend.proxy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.Ticket;

/**
 * Lets browsers in: a ticket from the API, good once and for half a minute, becomes an admission, which lasts as long as
 * the session but no more than a day.
 *
 * <p>Thread-safe. All methods but {@link #recall} ask the store and block.
 */
public final class AdmissionService {
    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final Duration LONGEST_ADMISSION = Duration.ofHours(24);

    /** How late a replica may learn of a revocation; a destroyed session is refused at once, whatever is remembered. */
    private static final Duration MEMORY = Duration.ofSeconds(5);

    /**
     * How long an admission that the store has confirmed is good while the store does not answer. What could revoke it
     * meanwhile is known without the store: the list of users, and the session's end, which cannot be written either; so
     * this bounds only what a replica misses that alone is cut off.
     */
    private static final Duration OUTAGE = Duration.ofMinutes(15);

    private static final int MOST_REMEMBERED = 10_000;

    private final AdmissionStore store;
    private final SessionDirectory sessions;
    private final SessionOrigins origins;
    private final Clock clock;
    private final Secrets secrets;

    /** By the cookie itself: every request asks it, and hashing would cost more than all else that is asked. */
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    /**
     * What the store said of a cookie.
     *
     * @param confirmedAt when
     * @param until from when on it is asked again
     */
    private record Remembered(AdmissionStore.Grant grant, Instant confirmedAt, Instant until) {
        boolean fits(SessionId session, Instant now) {
            return grant.session().equals(session) && grant.expiresAt().isAfter(now);
        }
    }

    /**
     * A fresh admission.
     *
     * @param secret value of the cookie
     * @param life how long it lasts at most
     */
    record Entry(String secret, Duration life) {
        @Override
        public String toString() {
            return "Entry[" + life + "]";
        }
    }

    /**
     * Who is let in.
     *
     * @param user the session's owner, in whose name it is
     * @param viewOnly whether to look at a desktop and not to act in it
     */
    record Admitted(UserId user, boolean viewOnly) {
        private static Admitted of(AdmissionStore.Grant grant) {
            return new Admitted(grant.user(), grant.viewOnly());
        }
    }

    public AdmissionService(
            AdmissionStore store, SessionDirectory sessions, SessionOrigins origins, Clock clock, SecureRandom random) {
        this.origins = origins;
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
        this.secrets = new Secrets(random);
    }

    /**
     * Issues a ticket.
     *
     * @param viewOnly whether it lets its holder look at a desktop and not act in it
     * @throws ProblemException {@link ProblemCode#NOT_FOUND} when the user has no such session
     */
    public Ticket issue(SessionId session, UserId user, boolean viewOnly) {
        if (owned(session, user).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "You have no session " + session + ".", "Look it up on the dashboard.");
        }
        Instant now = clock.instant();
        String ticket = secrets.ticket();
        Instant expiresAt = now.plus(TICKET_LIFE);
        store.addTicket(new AdmissionStore.Grant(Secrets.hash(ticket), session, user, viewOnly, expiresAt), now);
        return new Ticket(
                origins.root(session) + "?ticket=" + ticket,
                origins.origin(session).orElse(null),
                expiresAt);
    }

    /** Ends every way into a session. */
    public void revoke(SessionId session) {
        memory.values().removeIf(each -> each.grant().session().equals(session));
        store.revoke(session);
    }

    /** Ends every way in of all users but these. */
    public void retain(Set<UserId> users) {
        memory.values().removeIf(each -> !users.contains(each.grant().user()));
        store.retain(users);
    }

    /** Uses a ticket up for one connection. */
    Optional<Admitted> redeem(SessionId session, String ticket) {
        return store.takeTicket(Secrets.hash(ticket), session, clock.instant())
                .map(Admitted::of)
                .filter(admitted -> owned(session, admitted.user()).isPresent());
    }

    /** Uses a ticket up and makes an admission of it. */
    Optional<Entry> enter(SessionId session, String ticket) {
        return redeem(session, ticket).map(admitted -> admit(session, admitted));
    }

    private Entry admit(SessionId session, Admitted admitted) {
        Instant now = clock.instant();
        String secret = secrets.cookie();
        store.addAdmission(new AdmissionStore.Grant(
                Secrets.hash(secret), session, admitted.user(), admitted.viewOnly(), now.plus(LONGEST_ADMISSION)));
        return new Entry(secret, LONGEST_ADMISSION);
    }

    /** Whom a cookie admits, if it was looked up a moment ago; never blocks. */
    Optional<Admitted> recall(SessionId session, String cookie) {
        Remembered remembered = memory.get(cookie);
        Instant now = clock.instant();
        if (remembered == null || !remembered.until().isAfter(now) || !remembered.fits(session, now)) {
            return Optional.empty();
        }
        return Optional.of(Admitted.of(remembered.grant()));
    }

    /** Whom a cookie admits; while the store does not answer, those whom it has admitted not long ago. */
    Optional<Admitted> check(SessionId session, String cookie) {
        Instant now = clock.instant();
        Optional<AdmissionStore.Grant> grant;
        try {
            grant = store.admission(Secrets.hash(cookie), session, now);
        } catch (RuntimeException e) {
            return during(e, session, cookie, now);
        }
        grant.ifPresentOrElse(found -> remember(cookie, found, now), () -> memory.remove(cookie));
        if (grant.isPresent() && !isReady(session)) {
            // Another replica may have seen it become ready a moment ago.
            sessions.look(session);
        }
        return grant.map(Admitted::of);
    }

    private Optional<Admitted> during(RuntimeException outage, SessionId session, String cookie, Instant now) {
        if (!StoreOutage.caused(outage)) {
            throw outage;
        }
        // Whom a revocation has struck from memory meanwhile is not put back.
        Remembered known = memory.computeIfPresent(
                cookie, (key, found) -> new Remembered(found.grant(), found.confirmedAt(), now.plus(MEMORY)));
        if (known == null
                || !known.fits(session, now)
                || known.confirmedAt().plus(OUTAGE).isBefore(now)) {
            memory.remove(cookie);
            throw outage;
        }
        return Optional.of(Admitted.of(known.grant()));
    }

    private void remember(String cookie, AdmissionStore.Grant grant, Instant now) {
        if (memory.size() >= MOST_REMEMBERED) {
            memory.values().removeIf(each -> !each.until().isAfter(now));
            Iterator<String> oldest = memory.keySet().iterator();
            while (memory.size() >= MOST_REMEMBERED && oldest.hasNext()) {
                memory.remove(oldest.next());
            }
        }
        memory.put(cookie, new Remembered(grant, now, now.plus(MEMORY)));
    }

    private Optional<Session> owned(SessionId session, UserId user) {
        return sessions.look(session).map(SessionDirectory.Entry::session).filter(found -> found.owner()
                .equals(user));
    }

    private boolean isReady(SessionId session) {
        return sessions.find(session)
                .filter(entry -> entry.session().state() instanceof SessionState.Ready)
                .isPresent();
    }
}
