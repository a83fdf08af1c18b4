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
            threads.execute(this::drain);
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

    /** On one thread to the end: what was accepted is done even when no more threads are to be had. */
    private void drain() {
        for (Runnable job = take(); job != null; job = take()) {
            try {
                job.run();
            } catch (RuntimeException e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    private @Nullable Runnable take() {
        synchronized (lock) {
            Runnable next = waiting.poll();
            running = next != null;
            return next;
        }
    }
}
