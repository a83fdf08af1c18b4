package org.datalabs.backend.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How threads are ended. */
public final class WorkEnd {
    private WorkEnd() {}

    /** Takes no more work, lets what was taken finish, and interrupts what has not when {@code patience} is over. */
    public static void await(ExecutorService workers, Duration patience) {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
