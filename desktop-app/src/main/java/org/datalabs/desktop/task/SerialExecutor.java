package org.datalabs.desktop.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs jobs one after another, in order, on threads of another executor; holds none while idle. Thread-safe. */
public final class SerialExecutor implements Executor {
    private final Executor threads;
    private final Object lock = new Object();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    public SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable job) {
        synchronized (lock) {
            waiting.add(job);
            if (running) {
                return;
            }
            running = true;
        }
        boolean accepted = false;
        try {
            threads.execute(this::runNext);
            accepted = true;
        } finally {
            if (!accepted) {
                synchronized (lock) {
                    running = false;
                    waiting.clear();
                }
            }
        }
    }

    private void runNext() {
        Runnable job = take();
        if (job == null) {
            return;
        }
        try {
            job.run();
        } finally {
            boolean more;
            synchronized (lock) {
                more = !waiting.isEmpty();
                running = more;
            }
            if (more) {
                threads.execute(this::runNext);
            }
        }
    }

    private @Nullable Runnable take() {
        synchronized (lock) {
            return waiting.poll();
        }
    }
}
