package org.datalabs.desktop.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Holds jobs back until there is something to run them on, so that background work can begin before the user interface
 * has started. Keeps their order. Thread-safe.
 */
public final class DeferredExecutor implements Executor {
    private final Object lock = new Object();
    private final List<Runnable> held = new ArrayList<>();
    private @Nullable Executor target;

    /** Hands over what was held back and everything from now on; once. */
    public void open(Executor newTarget) {
        synchronized (lock) {
            held.forEach(newTarget::execute);
            held.clear();
            target = newTarget;
        }
    }

    @Override
    public void execute(Runnable job) {
        synchronized (lock) {
            if (target == null) {
                held.add(job);
            } else {
                target.execute(job);
            }
        }
    }
}
