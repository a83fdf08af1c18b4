package org.datalabs.backend.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.SessionState;

/** Decides which members of pools to begin and which to end. Pure: the same members give the same decision. */
final class PoolRules {
    /** A member of this age is replaced: programs that run for days leak, and images are mended. */
    static final Duration OLD = Duration.ofHours(12);

    /** How long a member that failed holds its place, so that what always fails is not started without end. */
    static final Duration RETRY = Duration.ofMinutes(1);

    private PoolRules() {}

    /**
     * What is to be done.
     *
     * @param begin plans of members to begin
     * @param end members to end
     */
    record Steps(List<LaunchPlan> begin, List<SessionRecord> end) {
        Steps {
            begin = List.copyOf(begin);
            end = List.copyOf(end);
        }
    }

    /**
     * Decides.
     *
     * @param pools what is to be kept, no two alike
     * @param members all sessions of the platform's own that have not stopped
     */
    static Steps decide(Collection<Pool> pools, Collection<SessionRecord> members, Instant now) {
        List<LaunchPlan> begin = new ArrayList<>();
        List<SessionRecord> end = new ArrayList<>();
        List<SessionRecord> left = new ArrayList<>(members);
        left.removeIf(member -> member.session().desired() == Desired.DESTROYED);
        for (Pool pool : pools) {
            List<SessionRecord> own = left.stream()
                    .filter(member -> pool.plan().asksFor(member.plan()))
                    .toList();
            left.removeAll(own);
            decide(pool, own, now, begin, end);
        }
        end.addAll(left);
        return new Steps(begin, end);
    }

    private static void decide(
            Pool pool, List<SessionRecord> members, Instant now, List<LaunchPlan> begin, List<SessionRecord> end) {
        List<SessionRecord> fresh = new ArrayList<>();
        List<SessionRecord> old = new ArrayList<>();
        for (SessionRecord member : members) {
            if (isSpent(member, now)) {
                end.add(member);
            } else if (isOld(member, now)) {
                old.add(member);
            } else {
                fresh.add(member);
            }
        }
        begin.addAll(Collections.nCopies(Math.max(0, pool.ready() - fresh.size()), pool.plan()));
        fresh.sort(BEST_FIRST);
        end.addAll(fresh.subList(Math.min(pool.ready(), fresh.size()), fresh.size()));
        // One that is old is still better than none.
        long ready = fresh.stream().filter(PoolRules::isReady).count();
        old.sort(BEST_FIRST);
        end.addAll(old.subList((int) Math.min(Math.max(0, pool.ready() - ready), old.size()), old.size()));
    }

    private static final Comparator<SessionRecord> BEST_FIRST = Comparator.comparing(
                    (SessionRecord member) -> !isReady(member))
            .thenComparing(member -> member.session().createdAt())
            .thenComparing(member -> member.id().value());

    static boolean isReady(SessionRecord member) {
        return member.session().state() instanceof SessionState.Ready
                && member.session().desired() == Desired.RUNNING;
    }

    private static boolean isSpent(SessionRecord member, Instant now) {
        SessionState state = member.session().state();
        if (state instanceof SessionState.Failed) {
            return !now.isBefore(state.since().plus(RETRY));
        }
        return state instanceof SessionState.Paused || state instanceof SessionState.Stopping;
    }

    private static boolean isOld(SessionRecord member, Instant now) {
        return !now.isBefore(member.session().createdAt().plus(OLD));
    }
}
