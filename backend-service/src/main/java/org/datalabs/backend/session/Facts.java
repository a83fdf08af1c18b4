package org.datalabs.backend.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.datalabs.backend.runtime.Observation;

/**
 * What is known of a session at one moment, besides its record.
 *
 * @param observation what the runtime sees
 * @param busy whether the datalab is at work by itself, or nothing is known of that yet
 * @param answered whether the datalab itself has answered since it was last started
 * @param now the moment
 * @param lastLines ends of its log, asked for only when a failure is told with it
 */
record Facts(Observation observation, boolean busy, boolean answered, Instant now, Supplier<List<String>> lastLines) {}
