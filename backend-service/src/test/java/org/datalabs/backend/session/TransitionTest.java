package org.datalabs.backend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every state, with every observation, every desire, every answer of the probe and every deadline passed or not. */
class TransitionTest {
    private static final Instant NOW = Records.NOW.plusSeconds(10);
    private static final Deadlines DEADLINES =
            new Deadlines(Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(3), Duration.ofMinutes(20));
    private static final Problem ENDED = Problem.of(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again.");
    private static final StartStep STEP =
            new StartStep(StartStep.Kind.PROCESS, StartStep.Progress.ACTIVE, "Starting", 5L);

    private final Transition transition = new Transition(DEADLINES);

    @Test
    void isTheSameWhenRepeated() {
        everyCase((session, facts) -> {
            Session once = transition.decide(session, facts).next();
            assertThat(transition.decide(once, facts).next()).isEqualTo(once);
        });
    }

    @Test
    void isReadyOnlyWhenTheDatalabItselfHasAnswered() {
        everyCase((session, facts) -> {
            Session next = transition.decide(session, facts).next();
            if (next.state() instanceof SessionState.Ready && !(session.state() instanceof SessionState.Ready)) {
                assertThat(facts.answered()).isTrue();
                assertThat(facts.observation())
                        .isInstanceOfSatisfying(Observation.Running.class, seen -> assertThat(seen.shown())
                                .isTrue());
                assertThat(next.desired()).isEqualTo(Desired.RUNNING);
            }
        });
    }

    @Test
    void neverLeavesAnEnd() {
        everyCase((session, facts) -> {
            if (isEnd(session.state())) {
                assertThat(transition.decide(session, facts).next()).isEqualTo(session);
            }
        });
    }

    @Test
    void startsOnlyWhatIsWantedAndAbsent() {
        everyCase((session, facts) -> {
            Decision decision = transition.decide(session, facts);
            if (decision.effects().contains(new Effect.Start())) {
                assertThat(decision.next().desired()).isEqualTo(Desired.RUNNING);
                assertThat(decision.next().state()).isInstanceOf(SessionState.Starting.class);
                assertThat(facts.observation()).isInstanceOf(Observation.Absent.class);
            }
        });
    }

    @Test
    void endsWhateverRunsWithoutBeingWanted() {
        everyCase((session, facts) -> {
            Decision decision = transition.decide(session, facts);
            boolean wanted = decision.next().desired() == Desired.RUNNING
                    && !isEnd(decision.next().state());
            boolean there = !(facts.observation() instanceof Observation.Absent)
                    && !(facts.observation() instanceof Observation.Stopping);
            if (!wanted && there) {
                assertThat(decision.effects()).contains(new Effect.Stop());
            }
            if (wanted && facts.observation() instanceof Observation.Running) {
                boolean leftover = session.state() instanceof SessionState.Stopping
                        || session.state() instanceof SessionState.Paused;
                assertThat(decision.effects().contains(new Effect.Stop())).isEqualTo(leftover);
            }
        });
    }

    @Test
    void saysGoneOnlyWhenNothingIsLeft() {
        everyCase((session, facts) -> {
            SessionState next = transition.decide(session, facts).next().state();
            boolean goneNow = next instanceof SessionState.Stopped || next instanceof SessionState.Paused;
            if (goneNow && next.getClass() != session.state().getClass()) {
                assertThat(facts.observation()).isInstanceOf(Observation.Absent.class);
            }
        });
    }

    @Test
    void takesQuotaAgainOnlyToResume() {
        everyCase((session, facts) -> {
            Session next = transition.decide(session, facts).next();
            if (next.state().holdsQuota() && !session.state().holdsQuota()) {
                assertThat(session.state()).isInstanceOf(SessionState.Paused.class);
                assertThat(next.desired()).isEqualTo(Desired.RUNNING);
            }
        });
    }

    @Test
    void tellsEveryFailureWithCauseAndRemedy() {
        everyCase((session, facts) -> {
            if (transition.decide(session, facts).next().state() instanceof SessionState.Failed failed) {
                assertThat(failed.cause()).isNotBlank();
                assertThat(failed.remedy()).isNotBlank();
            }
        });
    }

    @Test
    void looksAgainInTimeWheneverTimeMatters() {
        everyCase((session, facts) -> {
            Decision decision = transition.decide(session, facts);
            boolean live = decision.next().desired() == Desired.RUNNING
                    && !isEnd(decision.next().state())
                    && !decision.effects().contains(new Effect.Stop());
            boolean resuming =
                    session.state() instanceof SessionState.Stopping || session.state() instanceof SessionState.Paused;
            if (live && !resuming) {
                assertThat(decision.wakeAt()).isNotNull().isAfter(facts.now());
            }
        });
    }

    @Test
    void reachesWhatIsWantedWithARuntimeThatObeys() {
        everyCase((start, facts) -> {
            Session session = start;
            Observation seen = facts.observation();
            boolean removed = false;
            for (int step = 0; step < 12 && !removed; step++) {
                Decision decision = transition.decide(session, facts(seen, true, Records.NOW.plusSeconds(1)));
                session = decision.next();
                Observation before = seen;
                for (Effect effect : decision.effects()) {
                    if (effect instanceof Effect.Start) {
                        seen = new Observation.Running(NOW, List.of(STEP), true);
                    } else if (effect instanceof Effect.Stop) {
                        seen = new Observation.Absent();
                    } else if (effect instanceof Effect.Remove) {
                        removed = true;
                    }
                }
                boolean comes = seen == before
                        && (seen instanceof Observation.Starting
                                || seen instanceof Observation.Waiting
                                || (seen instanceof Observation.Running running && !running.shown()));
                if (comes) {
                    seen = new Observation.Running(NOW, List.of(STEP), true);
                } else if (seen instanceof Observation.Stopping) {
                    seen = new Observation.Absent();
                }
            }
            Class<?> goal =
                    switch (start.desired()) {
                        case RUNNING -> SessionState.Ready.class;
                        case PAUSED -> SessionState.Paused.class;
                        case DESTROYED -> SessionState.Stopped.class;
                    };
            if (!removed && !(session.state() instanceof SessionState.Failed) && !isEnd(start.state())) {
                assertThat(session.state()).isInstanceOf(goal);
            }
            if (session.state() instanceof SessionState.Failed) {
                assertThat(seen).isInstanceOf(Observation.Absent.class);
            }
        });
    }

    @Test
    void failsAStartThatTakesTooLongWithTheEndOfItsLog() {
        Session session = session(Desired.RUNNING, new SessionState.Starting(List.of(), Records.NOW));
        Observation running = new Observation.Running(NOW, List.of(), true);
        Instant late = Records.NOW.plus(DEADLINES.start());

        Decision decision = transition.decide(session, facts(running, false, late));

        assertThat(decision.next().state()).isInstanceOfSatisfying(SessionState.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ProblemCode.START_TIMED_OUT);
            assertThat(failed.cause()).contains("last line");
        });
        assertThat(decision.effects()).containsExactly(new Effect.Stop());
    }

    @Test
    void failsNoStartForWhichItHasNotComeToAsk() {
        everyCase((session, facts) -> {
            SessionState next = transition.decide(session, facts).next().state();
            if (!(session.state() instanceof SessionState.Failed)
                    && next instanceof SessionState.Failed failed
                    && failed.code() == ProblemCode.START_TIMED_OUT) {
                Instant startedAt = facts.startedAt() == null ? Records.NOW : facts.startedAt();
                Instant deadline = startedAt.plus(DEADLINES.start());
                assertThat(facts.now()).isAfterOrEqualTo(deadline);
                if (facts.observation() instanceof Observation.Absent) {
                    assertThat(facts.startedAt()).isNotNull();
                }
                if (facts.observation() instanceof Observation.Running running && running.shown()) {
                    assertThat(facts.askedAt()).isNotNull().isAfterOrEqualTo(deadline);
                }
            }
        });
    }

    @Test
    void asksOnceMoreWhatIsLateAndFailsItThen() {
        Session session = session(Desired.RUNNING, new SessionState.Starting(List.of(), Records.NOW));
        Instant late = Records.NOW.plus(DEADLINES.start()).plusSeconds(60);
        Observation running = new Observation.Running(late, List.of(), true);

        Decision before = transition.decide(session, facts(running, false, false, null, Records.NOW, late));
        assertThat(before.next().state()).isInstanceOf(SessionState.Starting.class);
        assertThat(before.effects()).containsExactly(new Effect.Probe());

        Decision after = transition.decide(session, facts(running, false, false, null, late, late.plusSeconds(1)));
        assertThat(after.next().state()).isInstanceOf(SessionState.Failed.class);

        Decision unasked = transition.decide(session, facts(new Observation.Absent(), false, false, null, null, late));
        assertThat(unasked.next().state()).isInstanceOf(SessionState.Starting.class);
        assertThat(unasked.effects()).containsExactly(new Effect.Start());

        Decision given = transition.decide(
                session, facts(new Observation.Starting(List.of()), false, false, late, null, late.plusSeconds(1)));
        assertThat(given.next().state()).isInstanceOf(SessionState.Starting.class);
    }

    @Test
    void endsASessionWhoseTimeIsUpWithoutCallingItAFailure() {
        Session session = session(Desired.RUNNING, new SessionState.Ready(Records.NOW));
        Observation running = new Observation.Running(NOW, List.of(), true);
        Decision ending = transition.decide(session, facts(running, true, session.endsAt()));
        assertThat(ending.next().desired()).isEqualTo(Desired.DESTROYED);
        assertThat(ending.effects()).contains(new Effect.Note("Ended because its time was up."), new Effect.Stop());
        Decision gone = transition.decide(
                ending.next(),
                facts(new Observation.Absent(), true, session.endsAt().plusSeconds(1)));
        assertThat(gone.next().state()).isInstanceOf(SessionState.Stopped.class);
    }

    @Test
    void isNotWrittenAnewOnlyBecauseAStepTakesLonger() {
        Session session = session(Desired.RUNNING, new SessionState.Starting(List.of(STEP), Records.NOW));
        StartStep longer = new StartStep(STEP.kind(), STEP.progress(), STEP.text(), 900L);
        Decision decision = transition.decide(session, facts(new Observation.Starting(List.of(longer)), false, NOW));
        assertThat(decision.next()).isSameAs(session);
    }

    @Test
    void pausesWhatIsNeitherUsedNorAtWork() {
        Session session = session(Desired.RUNNING, new SessionState.Ready(Records.NOW));
        Observation running = new Observation.Running(NOW, List.of(), true);
        Instant idle = Records.NOW.plus(Duration.ofMinutes(20));

        Decision before = transition.decide(session, facts(running, true, idle.minusMillis(1)));
        assertThat(before.next()).isEqualTo(session);
        assertThat(before.wakeAt()).isEqualTo(idle);

        Decision pausing = transition.decide(session, facts(running, true, idle));
        assertThat(pausing.next().desired()).isEqualTo(Desired.PAUSED);
        assertThat(pausing.next().state()).isInstanceOf(SessionState.Stopping.class);
        assertThat(pausing.effects())
                .containsExactly(
                        new Effect.Note("Paused because it was neither used nor at work for 20 minutes."),
                        new Effect.Stop());

        Session lately = session.used(idle.minusSeconds(60));
        Decision kept = transition.decide(lately, facts(running, true, idle));
        assertThat(kept.next()).isEqualTo(lately);
        assertThat(kept.wakeAt()).isEqualTo(idle.minusSeconds(60).plus(Duration.ofMinutes(20)));

        Decision working = transition.decide(session, facts(running, true, true, idle));
        assertThat(working.next()).isEqualTo(session);
        assertThat(working.wakeAt()).isAfter(idle);
    }

    @Test
    void letsWorkGoOnPastItsEndButNotForEver() {
        Session session = session(Desired.RUNNING, new SessionState.Ready(Records.NOW));
        Observation running = new Observation.Running(NOW, List.of(), true);
        Instant end = session.endsAt();

        Decision working = transition.decide(session, facts(running, true, true, end));
        assertThat(working.next()).isEqualTo(session);
        assertThat(working.wakeAt()).isAfter(end);

        Decision done = transition.decide(session, facts(running, true, end.plusSeconds(60)));
        assertThat(done.next().desired()).isEqualTo(Desired.DESTROYED);

        Instant bound = end.plus(DEADLINES.overtime());
        Decision tooLong = transition.decide(session, facts(running, true, true, bound));
        assertThat(tooLong.next().desired()).isEqualTo(Desired.DESTROYED);
    }

    @Test
    void doesNotCountTheTimeThatAnImageIsFetchedAgainstTheStart() {
        Session session = session(Desired.RUNNING, new SessionState.Starting(List.of(), Records.NOW));
        Instant late = Records.NOW.plus(DEADLINES.start()).plusSeconds(60);
        StartStep fetching = image(StartStep.Progress.ACTIVE, late);
        StartStep fetched = image(StartStep.Progress.DONE, late.minusSeconds(70));

        assertThat(stateAt(session, fetching, late)).isInstanceOf(SessionState.Starting.class);
        assertThat(stateAt(session, fetched, late)).isInstanceOf(SessionState.Starting.class);
        assertThat(stateAt(session, fetching, Records.NOW.plus(DEADLINES.image())))
                .isInstanceOf(SessionState.Failed.class);
        assertThat(stateAt(session, image(StartStep.Progress.DONE, Records.NOW), late))
                .isInstanceOf(SessionState.Failed.class);
    }

    private static StartStep image(StartStep.Progress progress, Instant until) {
        return new StartStep(
                StartStep.Kind.IMAGE,
                progress,
                "Image",
                Duration.between(Records.NOW, until).toMillis());
    }

    private SessionState stateAt(Session session, StartStep step, Instant now) {
        Facts facts = facts(new Observation.Starting(List.of(step)), false, now);
        return transition.decide(session, facts).next().state();
    }

    private void everyCase(BiConsumer<Session, Facts> check) {
        List<SessionState> states = List.of(
                new SessionState.Pending("waits", "", Records.NOW),
                new SessionState.Starting(List.of(STEP), Records.NOW),
                new SessionState.Ready(Records.NOW),
                new SessionState.Paused(Records.NOW),
                new SessionState.Stopping(Records.NOW),
                new SessionState.Stopped(Records.NOW),
                new SessionState.Failed(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again.", Records.NOW));
        List<Observation> observations = List.of(
                new Observation.Absent(),
                new Observation.Waiting("waits for a GPU", "Launch without one.", List.of()),
                new Observation.Starting(List.of(STEP)),
                new Observation.Running(NOW, List.of(STEP), true),
                new Observation.Running(NOW, List.of(STEP), false),
                new Observation.Ended(ENDED, NOW),
                new Observation.Stopping());
        List<Instant> times = List.of(NOW, Records.NOW.plus(DEADLINES.start()), Records.NOW.plus(Duration.ofHours(2)));
        List<String> failures = new ArrayList<>();
        for (SessionState state : states) {
            for (Desired desired : Desired.values()) {
                for (Observation observation : observations) {
                    for (Instant now : times) {
                        for (Facts facts : each(observation, now)) {
                            Session session = session(desired, state);
                            try {
                                check.accept(session, facts);
                            } catch (AssertionError | RuntimeException e) {
                                failures.add(state + ", wants " + desired + ", " + facts + ": " + e.getMessage());
                            }
                        }
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /** With and without an answer, and with every time at which the runtime and the datalab may have been asked. */
    private static List<Facts> each(Observation observation, Instant now) {
        List<Facts> each = new ArrayList<>();
        for (boolean answered : new boolean[] {false, true}) {
            for (Instant startedAt : Arrays.asList(null, Records.NOW, now)) {
                for (Instant askedAt : Arrays.asList(null, Records.NOW, now)) {
                    each.add(facts(observation, false, answered, startedAt, askedAt, now));
                }
            }
        }
        return each;
    }

    private static Session session(Desired desired, SessionState state) {
        return Records.begin("aaaaaaaaaaaaaaaa").session().with(desired, state);
    }

    private static Facts facts(Observation observation, boolean answered, Instant now) {
        return facts(observation, false, answered, now);
    }

    private static Facts facts(Observation observation, boolean busy, boolean answered, Instant now) {
        return facts(observation, busy, answered, Records.NOW, now, now);
    }

    private static Facts facts(
            Observation observation,
            boolean busy,
            boolean answered,
            @Nullable Instant startedAt,
            @Nullable Instant askedAt,
            Instant now) {
        return new Facts(observation, busy, answered, startedAt, askedAt, now, () -> List.of("last line"));
    }

    private static boolean isEnd(SessionState state) {
        return state instanceof SessionState.Stopped || state instanceof SessionState.Failed;
    }
}
