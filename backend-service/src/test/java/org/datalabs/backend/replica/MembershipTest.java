package org.datalabs.backend.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.core.session.SessionId;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final ReplicaId ONE = new ReplicaId("one");
    private static final ReplicaId OTHER = new ReplicaId("other");

    private final Ledger ledger = new Ledger();
    private long now;
    private final Membership membership = new Membership(ledger, ONE, () -> now);
    private final List<SessionId> sessions = sessions();

    @Test
    void coversNothingBeforeItsFirstBeat() {
        assertThat(covered()).isZero();
        assertThat(membership.members()).isZero();
    }

    @Test
    void coversEverythingAlone() {
        membership.beat();
        assertThat(covered()).isEqualTo(sessions.size());
    }

    @Test
    void sharesWithAnother() {
        ledger.living.add(OTHER);
        membership.beat();
        Membership second = new Membership(ledger, OTHER, () -> now);
        second.beat();
        assertThat(sessions)
                .allSatisfy(session -> assertThat(membership.covers(session)).isNotEqualTo(second.covers(session)));
        assertThat(covered()).isBetween(1, sessions.size() - 1);
    }

    @Test
    void coversNothingOnceItsBeatsDoNotArriveAndBeforeOthersTakeOver() {
        membership.beat();
        ledger.broken = true;
        now += Membership.TRUST.toNanos() - 1;
        membership.beat();
        assertThat(covered()).isEqualTo(sessions.size());
        now += 1;
        assertThat(covered()).isZero();
        assertThat(Membership.TRUST).isLessThan(Membership.LIFE);
    }

    @Test
    void countsItsTrustFromTheBeginningOfABeat() {
        ledger.during = () -> now += Membership.TRUST.toNanos();
        membership.beat();
        assertThat(covered()).isZero();
    }

    @Test
    void tellsWhenItMayCoverOthersThanBefore() {
        AtomicInteger changes = new AtomicInteger();
        membership.onChange(changes::incrementAndGet);
        membership.beat();
        assertThat(changes).hasValue(1);
        membership.beat();
        assertThat(changes).hasValue(1);
        ledger.living.add(OTHER);
        membership.beat();
        assertThat(changes).hasValue(2);
        now += Membership.TRUST.toNanos();
        membership.beat();
        assertThat(changes).hasValue(3);
    }

    @Test
    void leavesWhenClosed() {
        membership.beat();
        membership.close();
        assertThat(covered()).isZero();
        assertThat(ledger.living).isEmpty();
    }

    private int covered() {
        return (int) sessions.stream().filter(membership::covers).count();
    }

    private static List<SessionId> sessions() {
        Random random = new Random(1);
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sessions.add(SessionId.random(random));
        }
        return sessions;
    }

    private static final class Ledger implements ReplicaStore {
        private final Set<ReplicaId> living = new LinkedHashSet<>();
        private Runnable during = () -> {};
        private boolean broken;

        @Override
        public Set<ReplicaId> beat(ReplicaId self, Duration life) {
            during.run();
            if (broken) {
                throw new IllegalStateException("the database is away");
            }
            living.add(self);
            return Set.copyOf(living);
        }

        @Override
        public void leave(ReplicaId self) {
            living.remove(self);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
