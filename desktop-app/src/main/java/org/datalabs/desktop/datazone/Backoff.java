package org.datalabs.desktop.datazone;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubled with each failure up to a limit, then cut by up to a half at random,
 * so that many clients of a datazone that comes back do not come all at once.
 *
 * @param first wait after the first failure, before the cut
 * @param most longest wait
 */
record Backoff(Duration first, Duration most) {
    private static final int MOST_DOUBLINGS = 20;

    static final Backoff REMOTE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** A child process is cheap to try and its user waits for it. */
    static final Backoff EMBEDDED = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

    /** The wait after {@code failures} failures in a row, at least one. */
    Duration delay(int failures, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long whole = Math.min(doubled, most.toMillis());
        return Duration.ofMillis(whole - (long) (random.nextDouble() * whole / 2));
    }
}
