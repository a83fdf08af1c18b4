package org.datalabs.backend.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.datalabs.backend.runtime.Observation;

/**
 * What is known of a session at one moment, besides its record.
 *
 * @param observation what the runtime sees
 * @param activity what the datalab tells of its own work
 * @param answered whether the datalab itself has answered since it was last started
 * @param now the moment
 * @param lastLines ends of its log, asked for only when a failure is told with it
 */
record Facts(
        Observation observation, Activity activity, boolean answered, Instant now, Supplier<List<String>> lastLines) {}
