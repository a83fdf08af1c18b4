package org.datalabs.backend.session;

import java.util.function.LongSupplier;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/** Refuses to begin what a full disk would break in the middle. Thread-safe. */
public final class DiskSpace {
    private static final long LEAST_BYTES = 64L << 20;

    private final LongSupplier usableBytes;

    /**
     * @param usableBytes bytes that can still be written where sessions and the database are kept
     */
    public DiskSpace(LongSupplier usableBytes) {
        this.usableBytes = usableBytes;
    }

    void check() {
        long usable = usableBytes.getAsLong();
        if (usable < LEAST_BYTES) {
            throw new ProblemException(
                    ProblemCode.DISK_FULL,
                    "Only " + (usable >> 20) + " MB are left on the disk of the datazone, too little for a datalab.",
                    "Delete files that are not needed, then launch again.");
        }
    }
}
