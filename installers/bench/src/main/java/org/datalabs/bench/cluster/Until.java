package org.datalabs.bench.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.datalabs.bench.measure.MeasurementException;

/** Waits for conditions. */
final class Until {
    private static final long PAUSE_NANOS = 20_000_000;

    private Until() {}

    static void holds(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new MeasurementException("Waited " + patience.toSeconds() + " s in vain until " + what + ".");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
