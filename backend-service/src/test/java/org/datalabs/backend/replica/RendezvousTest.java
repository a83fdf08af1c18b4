package org.datalabs.backend.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.datalabs.core.session.SessionId;

class RendezvousTest {
    private static final int KEYS = 2000;

    @Property(tries = 50)
    void doesNotDependOnTheOrderOfMembers(@ForAll @IntRange(min = 1, max = 8) int count, @ForAll Random random) {
        List<ReplicaId> members = members(count, random);
        List<ReplicaId> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, random);
        for (String key : keys(random)) {
            assertThat(Rendezvous.owner(key, shuffled)).isEqualTo(Rendezvous.owner(key, members));
        }
    }

    @Property(tries = 50)
    void movesOnlyTheKeysOfAMemberThatLeaves(@ForAll @IntRange(min = 2, max = 8) int count, @ForAll Random random) {
        List<ReplicaId> members = members(count, random);
        ReplicaId leaver = members.get(random.nextInt(count));
        List<ReplicaId> rest =
                members.stream().filter(member -> !member.equals(leaver)).toList();
        for (String key : keys(random)) {
            Optional<ReplicaId> before = Rendezvous.owner(key, members);
            Optional<ReplicaId> after = Rendezvous.owner(key, rest);
            if (before.equals(Optional.of(leaver))) {
                assertThat(after).isPresent().isNotEqualTo(before);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Property(tries = 50)
    void sharesEvenly(@ForAll @IntRange(min = 2, max = 6) int count, @ForAll Random random) {
        List<ReplicaId> members = members(count, random);
        Map<ReplicaId, Integer> shares = new HashMap<>();
        keys(random).forEach(key -> shares.merge(Rendezvous.owner(key, members).orElseThrow(), 1, Integer::sum));
        double fair = (double) KEYS / count;
        assertThat(shares).hasSize(count).allSatisfy((member, share) -> assertThat((double) share)
                .isBetween(fair * 0.75, fair * 1.25));
    }

    @Property(tries = 1)
    void hasNoOwnerWithoutMembers() {
        assertThat(Rendezvous.owner("key", List.of())).isEmpty();
    }

    private static List<ReplicaId> members(int count, Random random) {
        List<ReplicaId> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(ReplicaId.random(random));
        }
        return members;
    }

    private static List<String> keys(Random random) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(SessionId.random(random).value());
        }
        return keys;
    }
}
