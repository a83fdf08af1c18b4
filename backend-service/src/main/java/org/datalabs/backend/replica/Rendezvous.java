package org.datalabs.backend.replica;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Shares keys out among replicas by rendezvous hashing (Thaler and Ravishankar 1998, "Using name-based mappings to increase
 * hit rates"): each key goes to the replica with the highest weight for it. Replicas that know the same members agree
 * without talking, and a member that comes or goes moves only its own keys. Pure.
 */
final class Rendezvous {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** The member that a key belongs to; empty when there is none. */
    static Optional<ReplicaId> owner(String key, Collection<ReplicaId> members) {
        return members.stream()
                .max(Comparator.comparingLong((ReplicaId member) -> weight(key, member))
                        .thenComparing(ReplicaId::value));
    }

    private static long weight(String key, ReplicaId member) {
        return mixed(hash(hash(FNV_OFFSET, member.value()) * FNV_PRIME, key));
    }

    /** FNV-1a, 64 bits. */
    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The last step of MurmurHash3: every bit of the hash reaches every bit of the weight. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
