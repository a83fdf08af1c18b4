package org.datalabs.backend.store;

import java.util.function.Supplier;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jdbi.v3.core.JdbiException;

/** Tells what a failure of the database means to users, where it means something to them. */
final class StoreFailures {
    private StoreFailures() {}

    /** Runs {@code work}; a full disk becomes a problem of its own. */
    static <T> T telling(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (isDiskFull(e)) {
                throw new ProblemException(
                        Problem.of(
                                ProblemCode.DISK_FULL,
                                "The disk of the datazone is full, so the change could not be kept.",
                                "Delete files that are not needed, then try again."),
                        e);
            }
            throw e;
        }
    }

    static boolean isDiskFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
