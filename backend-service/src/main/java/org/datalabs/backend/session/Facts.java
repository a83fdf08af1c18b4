package org.datalabs.backend.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.datalabs.backend.runtime.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session at one moment, besides its record.
 *
 * @param observation what the runtime sees, not earlier than {@code now}
 * @param busy whether the datalab is at work by itself, or nothing is known of that yet
 * @param answered whether the datalab itself has answered since it was last started
 * @param startedAt when the runtime was first asked for this start from here, or null when it was not
 * @param askedAt when the datalab was last asked for its answer from here and gave none, or null when it was not
 * @param now the moment
 * @param lastLines ends of its log, asked for only when a failure is told with it
 */
record Facts(
        Observation observation,
        boolean busy,
        boolean answered,
        @Nullable Instant startedAt,
        @Nullable Instant askedAt,
        Instant now,
        Supplier<List<String>> lastLines) {}
