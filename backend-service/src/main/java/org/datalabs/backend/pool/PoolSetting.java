package org.datalabs.backend.pool;

import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * A pool that the operator wants.
 *
 * @param datalab of which datalab
 * @param version which version; null for the current one
 * @param preset with which resources; null for the recommended ones
 * @param ready how many sessions are kept ready
 * @param places file, line and field of each of these in the settings, by the field's name
 */
public record PoolSetting(
        DatalabId datalab,
        @Nullable String version,
        @Nullable String preset,
        int ready,
        Map<String, String> places) {
    /** Most sessions that one pool keeps ready. */
    public static final int MOST_READY = 50;

    public PoolSetting {
        places = Map.copyOf(places);
    }

    /** Says why it cannot be kept, at its place. */
    Problem problem(String field, String what, String remedy) {
        String place = places.getOrDefault(field, "warmPools." + field);
        return Problem.of(ProblemCode.BAD_REQUEST, place + ": " + what, remedy);
    }
}
