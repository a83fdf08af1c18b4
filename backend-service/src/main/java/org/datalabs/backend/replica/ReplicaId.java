package org.datalabs.backend.replica;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names one run of one replica.
 *
 * @param value 1 to 64 characters
 */
public record ReplicaId(String value) {
    private static final int BYTES = 8;
    private static final int LONGEST = 64;

    public ReplicaId {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("not a replica's id");
        }
    }

    /** An id that no other replica has. */
    public static ReplicaId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ReplicaId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
