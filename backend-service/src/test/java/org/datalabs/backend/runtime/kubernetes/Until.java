package org.datalabs.backend.runtime.kubernetes;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for conditions. */
final class Until {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(5);

    private Until() {}

    static <T> T seen(Supplier<T> look, Predicate<T> wanted) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            T seen = look.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain; seen last: " + seen);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
