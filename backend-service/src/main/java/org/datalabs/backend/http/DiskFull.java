package org.datalabs.backend.http;

import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** Recognises a full disk behind whatever failure it caused. */
public final class DiskFull {
    /** What users are told. */
    static final Problem PROBLEM = Problem.of(
            ProblemCode.DISK_FULL,
            "The disk of the datazone is full, so this could not be done.",
            "Delete files that are not needed, then try again.");

    private DiskFull() {}

    /** Whether a failure goes back to a disk or a disk quota without space (ENOSPC, EDQUOT). */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
