package org.datalabs.desktop.session.link;

import java.time.Duration;

/** How long to wait before the next try: half a second, doubled up to half a minute. */
public final class BackOff {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private BackOff() {}

    /**
     * The pause before the next try.
     *
     * @param failures tries that failed in a row, at least 1
     */
    public static Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 6);
        return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings));
    }
}
