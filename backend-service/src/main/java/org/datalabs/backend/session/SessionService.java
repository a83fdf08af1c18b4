package org.datalabs.backend.session;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.launch.QuotaRules;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.Ticket;

/** What owners do to their sessions. Commands change what is wanted; the reconciler brings it about. Thread-safe. */
public final class SessionService {
    private static final int LONGEST_EXTENSION = 1440;
    private static final int ATTEMPTS = 20;

    private final SessionStore store;
    private final SessionBook book;
    private final SessionRuntime runtime;
    private final TicketOffice tickets;
    private final Clock clock;

    public SessionService(
            SessionStore store, SessionBook book, SessionRuntime runtime, TicketOffice tickets, Clock clock) {
        this.store = store;
        this.book = book;
        this.runtime = runtime;
        this.tickets = tickets;
        this.clock = clock;
    }

    /** What a user holds of their quota. */
    public QuotaUse quota(UserId user) {
        return store.use(user);
    }

    List<Session> list(UserId user, boolean ended) {
        return store.list(user, ended ? clock.instant().minus(History.KEPT) : null);
    }

    Session get(UserId user, SessionId id) {
        return own(user, id).session();
    }

    Session change(UserId user, SessionId id, SessionChange change) {
        check(change);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SessionRecord record = own(user, id);
            Long revision = change.revision();
            if (revision != null && revision != record.session().revision()) {
                throw new ProblemException(
                        ProblemCode.CHANGED_MEANWHILE,
                        record.session().name() + " has changed since you looked at it.",
                        "Look at it again, then repeat the change if you still want it.");
            }
            SessionRecord changed = changed(record, change);
            if (changed.equals(record)) {
                return record.session();
            }
            Optional<SessionRecord> written =
                    claims(record, changed) ? book.claim(changed, resumable(changed)) : book.update(changed);
            if (written.isPresent()) {
                if (change.extendMinutes() != null) {
                    // Who wants more time for it is using it.
                    book.used(id, clock.instant());
                }
                return written.get().session();
            }
        }
        throw busy();
    }

    /** Ends a session; empty when it had already ended, where a failed one is removed. */
    Optional<Session> destroy(UserId user, SessionId id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SessionRecord record = own(user, id);
            SessionState state = record.session().state();
            boolean over = state instanceof SessionState.Stopped || state instanceof SessionState.Failed;
            if (state instanceof SessionState.Stopped || record.session().desired() == Desired.DESTROYED) {
                return over ? Optional.empty() : Optional.of(record.session());
            }
            if (state instanceof SessionState.Failed && book.remove(record)) {
                // What is left of it has no session any more, and is settled as any such thing.
                runtime.stop(id);
                runtime.forget(id);
                return Optional.empty();
            }
            SessionState next = state.holdsQuota() ? new SessionState.Stopping(clock.instant()) : state;
            Optional<SessionRecord> written = over
                    ? Optional.empty()
                    : book.update(record.with(record.session().with(Desired.DESTROYED, next)));
            if (written.isPresent()) {
                return Optional.of(written.get().session());
            }
        }
        throw busy();
    }

    Ticket ticket(UserId user, SessionId id, boolean viewOnly) {
        SessionRecord record = own(user, id);
        if (viewOnly && record.session().kind() != Kind.DESKTOP) {
            throw new ProblemException(Problem.field(
                    "viewOnly", "Only a desktop datalab can be shown to others without letting them act."));
        }
        if (isOver(record.session())) {
            throw over(record.session());
        }
        if (record.session().state() instanceof SessionState.Paused) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE, record.session().name() + " is paused.", "Resume it, then open it again.");
        }
        if (!(record.session().state() instanceof SessionState.Ready)) {
            throw new ProblemException(
                    ProblemCode.SESSION_NOT_READY,
                    record.session().name() + " is not ready.",
                    "Wait until it is ready, then open it again.");
        }
        return tickets.issue(id, user, viewOnly);
    }

    LogPage log(UserId user, SessionId id, long after, int limit) {
        own(user, id);
        return runtime.log(id, after, limit);
    }

    private SessionRecord own(UserId user, SessionId id) {
        // Another replica may have changed it a moment ago.
        return book.refresh(id)
                .filter(record -> record.session().owner().equals(user))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "There is no running datalab " + id + ".",
                        "It may have been removed; look at the list of running datalabs."));
    }

    private static void check(SessionChange change) {
        List<FieldError> errors = new ArrayList<>();
        String name = change.name();
        if (name != null) {
            LaunchRules.nameError(name).ifPresent(message -> errors.add(new FieldError("name", message)));
        }
        Integer minutes = change.extendMinutes();
        if (minutes != null && (minutes < 1 || minutes > LONGEST_EXTENSION)) {
            errors.add(new FieldError("extendMinutes", "Choose from 1 to " + LONGEST_EXTENSION + " minutes (a day)."));
        }
        if (change.desired() == Desired.DESTROYED) {
            errors.add(new FieldError("desired", "Choose RUNNING or PAUSED. To destroy, send DELETE."));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.fields(errors));
        }
    }

    private SessionRecord changed(SessionRecord record, SessionChange change) {
        Session session = record.session();
        if (isOver(session) && (change.desired() != null || change.extendMinutes() != null)) {
            throw over(session);
        }
        Instant endsAt = endsAt(record, change);
        String name = change.name() == null ? session.name() : change.name().strip();
        SessionRecord named = record.with(session.with(name, endsAt));
        Desired desired = change.desired();
        if (desired == null || desired == session.desired()) {
            return named;
        }
        return named.with(named.session().with(desired, stateTowards(desired, session.state())));
    }

    private Instant endsAt(SessionRecord record, SessionChange change) {
        Instant endsAt = record.session().endsAt();
        boolean resumed =
                change.desired() == Desired.RUNNING && record.session().desired() == Desired.PAUSED;
        if (resumed) {
            // The time of a pause is not taken from the session.
            Instant anew = clock.instant().plusSeconds(60L * record.plan().lifetimeMinutes());
            endsAt = anew.isAfter(endsAt) ? anew : endsAt;
        }
        Integer minutes = change.extendMinutes();
        if (minutes == null) {
            return endsAt;
        }
        Instant extended = endsAt.plusSeconds(60L * minutes);
        Instant latest = clock.instant().plusSeconds(60L * LaunchRules.LONGEST_LIFETIME_MINUTES);
        if (extended.isAfter(latest)) {
            throw new ProblemException(Problem.field(
                    "extendMinutes",
                    "A running datalab can be given at most seven days from now. Choose fewer minutes."));
        }
        return extended;
    }

    private SessionState stateTowards(Desired desired, SessionState state) {
        if (desired == Desired.PAUSED) {
            return state.holdsQuota() ? new SessionState.Stopping(clock.instant()) : state;
        }
        return state instanceof SessionState.Paused ? new SessionState.Starting(List.of(), clock.instant()) : state;
    }

    private static boolean claims(SessionRecord before, SessionRecord after) {
        return after.session().state().holdsQuota() && !before.session().state().holdsQuota();
    }

    private static Function<QuotaUse, Optional<Problem>> resumable(SessionRecord record) {
        return use -> QuotaRules.refusal(record.session().resources(), use);
    }

    private static boolean isOver(Session session) {
        return session.state() instanceof SessionState.Stopped
                || session.state() instanceof SessionState.Failed
                || session.desired() == Desired.DESTROYED;
    }

    private static ProblemException over(Session session) {
        return new ProblemException(
                ProblemCode.WRONG_STATE,
                session.name() + " has ended or is being ended.",
                "Run it again: that launches a new one with the same choices.");
    }

    private static ProblemException busy() {
        return new ProblemException(
                ProblemCode.CHANGED_MEANWHILE, "The running datalab is changing just now.", "Try again in a moment.");
    }
}
