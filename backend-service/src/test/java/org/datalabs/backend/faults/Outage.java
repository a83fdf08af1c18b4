package org.datalabs.backend.faults;

import java.time.Duration;

/** How long a fault lasts, which is no wait for something to happen. */
final class Outage {
    private Outage() {}

    static void lasts(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
