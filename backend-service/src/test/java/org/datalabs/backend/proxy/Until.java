package org.datalabs.backend.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for conditions. */
final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int STEP_MILLIS = 20;
    private static final int STEPS_TO_STAND = 15;

    private Until() {}

    static void holds(BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("did not come to hold within " + PATIENCE);
            }
            pause();
        }
    }

    /** Waits until a number above zero has stopped growing, and returns it. */
    static long stands(LongSupplier number) {
        holds(() -> number.getAsLong() > 0);
        long last = -1;
        int same = 0;
        while (same < STEPS_TO_STAND) {
            long now = number.getAsLong();
            same = now == last ? same + 1 : 0;
            last = now;
            pause();
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
