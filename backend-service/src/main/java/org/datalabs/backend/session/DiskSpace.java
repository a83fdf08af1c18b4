package org.datalabs.backend.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private DiskSpace(LongSupplier usableBytes) {
        this.usableBytes = usableBytes;
    }

    /** Of the disk that holds a folder. */
    public static DiskSpace of(Path folder) {
        return new DiskSpace(() -> {
            try {
                return Files.getFileStore(folder).getUsableSpace();
            } catch (IOException e) {
                throw new UncheckedIOException("the free space of " + folder + " cannot be read", e);
            }
        });
    }

    /** For sessions that run elsewhere, whose disks are not the service's to judge. */
    public static DiskSpace elsewhere() {
        return new DiskSpace(() -> Long.MAX_VALUE);
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
