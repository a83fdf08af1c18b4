package org.datalabs.core.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The times of an event stream.
 *
 * @param silence after how long without a byte a connection counts as dead; datazones send a comment every 15 s
 * @param firstPause pause before the second attempt, unless the datazone asks for another
 * @param longestPause longest pause between attempts
 */
record StreamTiming(Duration silence, Duration firstPause, Duration longestPause) {
    static final StreamTiming USUAL =
            new StreamTiming(Duration.ofSeconds(40), Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final int MOST_DOUBLINGS = 10;

    /**
     * The pause after {@code failures} failures in a row, at least one: doubled each time, and spread over its upper half
     * so that many clients do not come back at once.
     */
    Duration pause(int failures, Duration first, RandomGenerator random) {
        long full = Math.min(
                longestPause.toMillis(), Math.max(1, first.toMillis()) << Math.min(failures - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
