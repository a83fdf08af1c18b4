package org.datalabs.desktop.session.real;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions. */
public final class Until {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Until() {}

    public static void holds(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("waited in vain until " + what, last);
    }
}
