package org.datalabs.backend.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/** Recognises a database that does not answer, or not in time, behind whatever failure it caused. */
public final class StoreOutage {
    /** What users are told. */
    public static final Problem PROBLEM = Problem.of(
            ProblemCode.STORE_UNREACHABLE,
            "The datazone cannot reach its database just now. What runs goes on.",
            "Try again in a few seconds.");

    /** Seconds after which to try again. */
    public static final int RETRY_AFTER = 3;

    /**
     * Beside class 08, connections: shut down, crashed, starting, out of connections, read-only after a fail-over, and
     * waited too long for a statement or a lock.
     */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57014", "53300", "25006", "55P03", "40P01");

    private StoreOutage() {}

    /** Whether the same might succeed in a moment, once the database answers. */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state != null && (state.startsWith("08") || STATES.contains(state))) {
                    return true;
                }
            }
        }
        return false;
    }
}
