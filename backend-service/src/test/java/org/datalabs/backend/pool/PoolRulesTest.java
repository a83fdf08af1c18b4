package org.datalabs.backend.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.datalabs.backend.session.Records;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.Test;

class PoolRulesTest {
    private static final Instant NOW = Records.NOW;
    private static final LaunchPlan WANTED = Records.temporary("2");
    private static final LaunchPlan OTHER = Records.temporary("1");
    private static final Random RANDOM = new Random(7);

    /** Everything that a member can be, as far as the decision goes. */
    private enum Kind {
        STARTING,
        PENDING,
        READY,
        OLD_READY,
        OLD_STARTING,
        FAILED_JUST_NOW,
        FAILED,
        PAUSED,
        ENDING,
        OF_ANOTHER_VERSION;

        SessionRecord member() {
            Instant born = this == OLD_READY || this == OLD_STARTING
                    ? NOW.minus(PoolRules.OLD)
                    : NOW.minus(PoolRules.OLD).plusMillis(1);
            SessionRecord fresh = SessionRecord.begin(
                    SessionId.random(RANDOM),
                    UserId.PLATFORM,
                    this == OF_ANOTHER_VERSION ? OTHER : WANTED,
                    "secret",
                    born);
            return fresh.with(fresh.session().with(this == ENDING ? Desired.DESTROYED : Desired.RUNNING, state()));
        }

        private SessionState state() {
            return switch (this) {
                case STARTING, OLD_STARTING -> new SessionState.Starting(List.of(), NOW);
                case PENDING -> new SessionState.Pending("No room.", "", NOW);
                case READY, OLD_READY, OF_ANOTHER_VERSION -> new SessionState.Ready(NOW);
                case FAILED_JUST_NOW -> failed(PoolRules.RETRY.minusMillis(1));
                case FAILED -> failed(PoolRules.RETRY);
                case PAUSED -> new SessionState.Paused(NOW);
                case ENDING -> new SessionState.Stopping(NOW);
            };
        }

        private static SessionState failed(Duration ago) {
            return new SessionState.Failed(ProblemCode.START_FAILED, "No image.", "", NOW.minus(ago));
        }
    }

    private static SessionRecord[] members(Kind... kinds) {
        SessionRecord[] members = new SessionRecord[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            members[i] = kinds[i].member();
        }
        return members;
    }

    private static PoolRules.Steps decide(int ready, SessionRecord... members) {
        return PoolRules.decide(List.of(new Pool(WANTED, ready)), List.of(members), NOW);
    }

    @Test
    void fillsAPoolAndThenLeavesItAlone() {
        assertThat(decide(2).begin()).containsExactly(WANTED, WANTED);
        assertThat(decide(2, members(Kind.STARTING)).begin()).containsExactly(WANTED);
        assertThat(decide(2, members(Kind.READY, Kind.PENDING))).isEqualTo(new PoolRules.Steps(List.of(), List.of()));
    }

    @Test
    void endsWhatNoPoolWants() {
        SessionRecord[] members = members(Kind.READY, Kind.OF_ANOTHER_VERSION);
        assertThat(decide(1, members).end()).containsExactly(members[1]);
        assertThat(PoolRules.decide(List.of(), List.of(members), NOW).end()).containsExactly(members);
    }

    @Test
    void endsAmongTooManyThoseThatAreNotReady() {
        SessionRecord[] members = members(Kind.STARTING, Kind.READY, Kind.PENDING);
        assertThat(decide(1, members).end()).containsExactlyInAnyOrder(members[0], members[2]);
    }

    @Test
    void replacesWhatIsOldOnceAnotherIsReady() {
        SessionRecord[] old = members(Kind.OLD_READY, Kind.STARTING);
        assertThat(decide(1, old).end()).isEmpty();
        assertThat(decide(1, Kind.OLD_READY.member()).begin()).hasSize(1);
        SessionRecord[] fresh = members(Kind.OLD_READY, Kind.READY);
        assertThat(decide(1, fresh).end()).containsExactly(fresh[0]);
    }

    @Test
    void waitsBeforeItTriesAgainWhatHasFailed() {
        assertThat(decide(1, Kind.FAILED_JUST_NOW.member())).isEqualTo(new PoolRules.Steps(List.of(), List.of()));
        SessionRecord failed = Kind.FAILED.member();
        assertThat(decide(1, failed)).isEqualTo(new PoolRules.Steps(List.of(WANTED), List.of(failed)));
    }

    @Test
    void tellsPoolsOfOneDatalabApart() {
        SessionRecord[] members = members(Kind.READY, Kind.OF_ANOTHER_VERSION);
        PoolRules.Steps steps =
                PoolRules.decide(List.of(new Pool(WANTED, 1), new Pool(OTHER, 2)), List.of(members), NOW);
        assertThat(steps).isEqualTo(new PoolRules.Steps(List.of(OTHER), List.of()));
    }

    /** All pools of up to three with all sets of up to four members. */
    @Test
    void neverHoldsMoreOrLessThanWantedWhateverThereIs() {
        for (List<Kind> kinds : upToFour()) {
            SessionRecord[] members = members(kinds.toArray(Kind[]::new));
            for (int ready = 1; ready <= 3; ready++) {
                PoolRules.Steps steps = decide(ready, members);
                check(ready, members, kinds, steps);
                // Once it is done there is nothing more to do, until something changes.
                List<SessionRecord> after = new ArrayList<>(List.of(members));
                after.removeAll(steps.end());
                steps.begin()
                        .forEach(plan -> after.add(
                                SessionRecord.begin(SessionId.random(RANDOM), UserId.PLATFORM, plan, "secret", NOW)));
                assertThat(decide(ready, after.toArray(SessionRecord[]::new)))
                        .as("%d of %s", ready, kinds)
                        .isEqualTo(new PoolRules.Steps(List.of(), List.of()));
            }
        }
    }

    private static void check(int ready, SessionRecord[] members, List<Kind> kinds, PoolRules.Steps steps) {
        Set<SessionRecord> ended = new HashSet<>(steps.end());
        assertThat(ended).hasSameSizeAs(steps.end());
        int places = steps.begin().size();
        int claimable = 0;
        int wereClaimable = 0;
        for (int i = 0; i < members.length; i++) {
            boolean ends = ended.contains(members[i]);
            Kind kind = kinds.get(i);
            switch (kind) {
                case ENDING -> assertThat(ends).isFalse();
                case FAILED, PAUSED, OF_ANOTHER_VERSION -> assertThat(ends).isTrue();
                case STARTING, PENDING, READY, FAILED_JUST_NOW -> places += ends ? 0 : 1;
                case OLD_READY, OLD_STARTING -> {}
            }
            if (kind == Kind.READY || kind == Kind.OLD_READY) {
                wereClaimable++;
                claimable += ends ? 0 : 1;
            }
        }
        assertThat(places).as("%d of %s", ready, kinds).isEqualTo(ready);
        assertThat(claimable).as("%d of %s", ready, kinds).isGreaterThanOrEqualTo(Math.min(ready, wereClaimable));
    }

    private static List<List<Kind>> upToFour() {
        List<Kind> kinds = List.of(Kind.values());
        List<List<Kind>> all = new ArrayList<>(List.of(List.of()));
        List<List<Kind>> longest = List.of(List.of());
        for (int size = 1; size <= 4; size++) {
            List<List<Kind>> longer = new ArrayList<>();
            for (List<Kind> shorter : longest) {
                // Their order does not matter.
                int from = shorter.isEmpty() ? 0 : kinds.indexOf(shorter.get(shorter.size() - 1));
                for (Kind next : kinds.subList(from, kinds.size())) {
                    List<Kind> one = new ArrayList<>(shorter);
                    one.add(next);
                    longer.add(one);
                }
            }
            all.addAll(longer);
            longest = longer;
        }
        return all;
    }
}
