package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** Tells a failed file operation so that a person knows what to do. */
final class DiskProblem {
    private DiskProblem() {}

    /** @param what what could not be done, without a full stop */
    static Problem of(IOException failure, String what) {
        String reason = failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(failure.getMessage());
        if (reason.contains("No space left on device") || reason.contains("quota exceeded")) {
            return Problem.of(
                    ProblemCode.DISK_FULL, what + ": the disk is full.", "Delete what is not needed and try again.");
        }
        return Problem.of(ProblemCode.START_FAILED, what + ": " + reason + ".", "Try again, or look at the disk.");
    }
}
