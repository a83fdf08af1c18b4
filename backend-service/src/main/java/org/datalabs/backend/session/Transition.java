package org.datalabs.backend.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.IdleRule;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next state of a session from its record, what is seen of it, and the time. Pure: the same facts give the
 * same decision, and applying a decision again changes nothing more.
 */
final class Transition {
    private static final List<Effect> NOTHING = List.of();
    private static final List<Effect> STOP = List.of(new Effect.Stop());

    /** How often one is looked at that is past its time but at work. */
    private static final Duration WORK_LOOK = Duration.ofSeconds(30);

    /** How soon one is looked at that is late and has not been asked since. */
    private static final Duration LATE_LOOK = Duration.ofSeconds(1);

    private final Deadlines deadlines;

    Transition(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    Decision decide(Session session, Facts facts) {
        if (isOver(session, facts)) {
            Session ending = session.with(Desired.DESTROYED, session.state());
            Decision decision = byDesire(ending, facts);
            List<Effect> effects = new ArrayList<>(List.of(new Effect.Note("Ended because its time was up.")));
            effects.addAll(decision.effects());
            return new Decision(decision.next(), effects, decision.wakeAt());
        }
        Duration idle = idle(session);
        if (idle != null && isIdle(session, facts, idle)) {
            Session pausing = session.with(Desired.PAUSED, session.state());
            Decision decision = byDesire(pausing, facts);
            List<Effect> effects = new ArrayList<>(List.of(
                    new Effect.Note("Paused because it was neither used nor at work for " + minutes(idle) + ".")));
            effects.addAll(decision.effects());
            return new Decision(decision.next(), effects, decision.wakeAt());
        }
        return byDesire(session, facts);
    }

    /** Paused sessions hold nothing but their name, so nothing is gained by ending them. */
    private boolean isOver(Session session, Facts facts) {
        SessionState state = session.state();
        if (session.desired() != Desired.RUNNING
                || state instanceof SessionState.Stopped
                || state instanceof SessionState.Failed) {
            return false;
        }
        boolean working = state instanceof SessionState.Ready && facts.busy();
        Instant end = working ? session.endsAt().plus(deadlines.overtime()) : session.endsAt();
        return !facts.now().isBefore(end);
    }

    /** Null for ever: for what nobody has launched yet, too. */
    private @Nullable Duration idle(Session session) {
        return session.owner().equals(UserId.PLATFORM) ? null : deadlines.idle();
    }

    private static boolean isIdle(Session session, Facts facts, Duration idle) {
        return session.desired() == Desired.RUNNING
                && session.state() instanceof SessionState.Ready
                && facts.observation() instanceof Observation.Running
                && !facts.busy()
                && !facts.now().isBefore(IdleRule.pausesAt(session, idle));
    }

    private Decision byDesire(Session session, Facts facts) {
        SessionState state = session.state();
        if (state instanceof SessionState.Stopped) {
            return settled(session, facts);
        }
        if (state instanceof SessionState.Failed) {
            return failed(session, facts);
        }
        return switch (session.desired()) {
            case RUNNING -> running(session, facts);
            case PAUSED -> leaving(session, facts, new SessionState.Paused(facts.now()));
            case DESTROYED -> leaving(session, facts, new SessionState.Stopped(facts.now()));
        };
    }

    /** Nothing of it may exist any more. */
    private static Decision settled(Session session, Facts facts) {
        return new Decision(session, isGone(facts) ? NOTHING : STOP, null);
    }

    private static Decision failed(Session session, Facts facts) {
        if (session.desired() == Desired.DESTROYED && isGone(facts)) {
            return new Decision(session, List.of(new Effect.Remove()), null);
        }
        return settled(session, facts);
    }

    private static Decision leaving(Session session, Facts facts, SessionState goal) {
        if (isGone(facts)) {
            boolean there = session.state().getClass() == goal.getClass();
            // A service that was killed over the end may have left what is no process: once more for that.
            return there ? new Decision(session, NOTHING, null) : new Decision(session.with(goal), STOP, null);
        }
        SessionState state = session.state();
        Session next = state instanceof SessionState.Stopping || state instanceof SessionState.Paused
                ? session
                : session.with(new SessionState.Stopping(facts.now()));
        return new Decision(next, facts.observation() instanceof Observation.Stopping ? NOTHING : STOP, null);
    }

    private Decision running(Session session, Facts facts) {
        SessionState state = session.state();
        if (state instanceof SessionState.Ready) {
            return ready(session, facts);
        }
        if (state instanceof SessionState.Stopping || state instanceof SessionState.Paused) {
            return resuming(session, facts);
        }
        return starting(session, facts);
    }

    /** The owner wants it back while its old processes are still being ended. */
    private static Decision resuming(Session session, Facts facts) {
        if (isGone(facts)) {
            return begin(session, facts);
        }
        return new Decision(session, facts.observation() instanceof Observation.Stopping ? NOTHING : STOP, null);
    }

    private static Decision begin(Session session, Facts facts) {
        Session next = session.with(new SessionState.Starting(List.of(), facts.now()));
        return new Decision(next, List.of(new Effect.Start()), null);
    }

    private Decision starting(Session session, Facts facts) {
        Observation observation = facts.observation();
        if (observation instanceof Observation.Ended ended) {
            return fail(session, facts, ended.problem());
        }
        if (observation instanceof Observation.Waiting waiting) {
            SessionState pending = new SessionState.Pending(waiting.reason(), waiting.remedy(), facts.now());
            return stay(session, pending, NOTHING, session.endsAt());
        }
        if (observation instanceof Observation.Running running && facts.answered() && running.shown()) {
            return new Decision(session.with(new SessionState.Ready(facts.now())), NOTHING, session.endsAt());
        }
        Instant began = session.state() instanceof SessionState.Starting
                ? session.state().since()
                : facts.now();
        Instant deadline = deadline(later(began, facts.startedAt()), observation);
        boolean late = !facts.now().isBefore(deadline);
        if (late && isAsked(facts, deadline)) {
            return fail(session, facts, timedOut(facts));
        }
        Instant wakeAt = earlier(late ? facts.now().plus(LATE_LOOK) : deadline, session.endsAt());
        if (observation instanceof Observation.Running running) {
            List<Effect> effects = facts.answered() || !running.shown() ? NOTHING : List.of(new Effect.Probe());
            return stay(
                    session, new SessionState.Starting(withFirstAnswer(running, facts.now()), began), effects, wakeAt);
        }
        if (observation instanceof Observation.Starting seen) {
            return stay(session, new SessionState.Starting(seen.steps(), began), NOTHING, wakeAt);
        }
        List<StartStep> steps = session.state() instanceof SessionState.Starting old ? old.steps() : List.of();
        SessionState next = new SessionState.Starting(steps, began);
        return stay(session, next, isGone(facts) ? List.of(new Effect.Start()) : NOTHING, wakeAt);
    }

    /**
     * Whether a deadline was missed by the session, and not by who was to ask for it: its start was asked for, and it was
     * asked for its answer once more after the deadline. Everything else the observation tells, which is never older.
     */
    private static boolean isAsked(Facts facts, Instant deadline) {
        if (isGone(facts)) {
            return facts.startedAt() != null;
        }
        if (facts.observation() instanceof Observation.Running running && running.shown()) {
            Instant asked = facts.askedAt();
            return asked != null && !asked.isBefore(deadline);
        }
        return true;
    }

    /** A large image may take its time; the rest of the start has as long with it as without. */
    private Instant deadline(Instant began, Observation observation) {
        List<StartStep> steps = stepsOf(observation);
        for (StartStep step : steps) {
            if (step.kind() == StartStep.Kind.IMAGE && step.progress() == StartStep.Progress.ACTIVE) {
                return began.plus(deadlines.image());
            }
            Long millis = step.millis();
            if (step.kind() == StartStep.Kind.IMAGE && millis != null) {
                return began.plus(deadlines.start()).plusMillis(millis);
            }
        }
        return began.plus(deadlines.start());
    }

    private static List<StartStep> stepsOf(Observation observation) {
        if (observation instanceof Observation.Starting starting) {
            return starting.steps();
        }
        return observation instanceof Observation.Running running ? running.steps() : List.of();
    }

    private Decision ready(Session session, Facts facts) {
        Observation observation = facts.observation();
        if (observation instanceof Observation.Ended ended) {
            return fail(session, facts, ended.problem());
        }
        if (observation instanceof Observation.Absent || observation instanceof Observation.Stopping) {
            return fail(
                    session,
                    facts,
                    Problem.of(
                            ProblemCode.INTERRUPTED,
                            "It was ended from outside while it ran: the datazone stopped, or somebody removed it. "
                                    + session.home().fate(),
                            "Run it again."));
        }
        if (observation instanceof Observation.Waiting waiting) {
            return stay(
                    session,
                    new SessionState.Pending(waiting.reason(), waiting.remedy(), facts.now()),
                    NOTHING,
                    session.endsAt());
        }
        if (observation instanceof Observation.Starting again) {
            return stay(session, new SessionState.Starting(again.steps(), facts.now()), NOTHING, session.endsAt());
        }
        return new Decision(session, NOTHING, nextLook(session, facts));
    }

    /** When a session that is left alone now may have to be ended or paused. */
    private Instant nextLook(Session session, Facts facts) {
        Duration idle = idle(session);
        Instant end = session.endsAt();
        Instant next = idle == null ? end : earlier(end, IdleRule.pausesAt(session, idle));
        Instant soon = facts.now().plus(WORK_LOOK);
        return next.isAfter(facts.now()) ? next : soon;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }

    private static Decision fail(Session session, Facts facts, Problem problem) {
        SessionState failed = new SessionState.Failed(problem.code(), problem.what(), problem.remedy(), facts.now());
        // Also when it is gone: what made it go may have left what is no process.
        return new Decision(session.with(failed), STOP, null);
    }

    private Problem timedOut(Facts facts) {
        StringBuilder what = new StringBuilder("The datalab did not answer within ")
                .append(seconds(deadlines.start()))
                .append('.');
        List<String> lines = facts.lastLines().get();
        if (!lines.isEmpty()) {
            what.append(" The last lines of its log: ").append(String.join(" | ", lines));
        }
        return Problem.of(
                ProblemCode.START_TIMED_OUT,
                what.toString(),
                "Read its log, then run it again. More memory or fewer options may help.");
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " minutes";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " seconds";
    }

    private static Decision stay(Session session, SessionState next, List<Effect> effects, @Nullable Instant wakeAt) {
        boolean same = tellTheSame(session.state(), next);
        return new Decision(same ? session : session.with(next), effects, wakeAt);
    }

    /**
     * Whether two states tell a person the same. How long a running step has taken changes with every look and is not
     * worth a write.
     */
    private static boolean tellTheSame(SessionState one, SessionState other) {
        if (one instanceof SessionState.Pending a && other instanceof SessionState.Pending b) {
            return a.reason().equals(b.reason()) && a.remedy().equals(b.remedy());
        }
        if (one instanceof SessionState.Starting a && other instanceof SessionState.Starting b) {
            if (a.steps().size() != b.steps().size()) {
                return false;
            }
            for (int i = 0; i < a.steps().size(); i++) {
                if (!tellTheSame(a.steps().get(i), b.steps().get(i))) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    private static boolean tellTheSame(StartStep one, StartStep other) {
        return one.kind() == other.kind()
                && one.progress() == other.progress()
                && one.text().equals(other.text());
    }

    private static List<StartStep> withFirstAnswer(Observation.Running running, Instant now) {
        List<StartStep> steps = new ArrayList<>();
        for (StartStep step : running.steps()) {
            if (step.kind() != StartStep.Kind.FIRST_ANSWER) {
                steps.add(step);
            }
        }
        String text = running.shown() ? "Waiting for its first answer" : "Waiting for its window";
        long millis = Math.max(0, Duration.between(running.since(), now).toMillis());
        steps.add(new StartStep(StartStep.Kind.FIRST_ANSWER, StartStep.Progress.ACTIVE, text, millis));
        return steps;
    }

    private static boolean isGone(Facts facts) {
        return facts.observation() instanceof Observation.Absent;
    }
}
