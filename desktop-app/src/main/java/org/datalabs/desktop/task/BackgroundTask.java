package org.datalabs.desktop.task;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * One piece of background work.
 *
 * <p>Thread-safe. The result completes on the user interface's executor, and never after {@link #cancel()} was called
 * there: a cancelled result stays cancelled.
 */
public final class BackgroundTask<T extends @Nullable Object> {
    private final String name;
    private final FutureTask<@Nullable Void> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    BackgroundTask(String name, Callable<? extends T> work, Executor ui) {
        this.name = name;
        this.work = new FutureTask<>(() -> run(work, ui), null);
        CompletableFuture<T> unused = result.whenComplete((value, thrown) -> interruptIfCancelled());
    }

    /** A few words for the status bar, such as "Reading the catalogue". */
    public String name() {
        return name;
    }

    /**
     * Completes on the user interface's executor with the value, or with whatever the work threw. Cancelling it cancels
     * the task.
     */
    public CompletableFuture<T> result() {
        return result;
    }

    /** Cancels the result and interrupts the work; without effect on a task that is done. */
    public void cancel() {
        result.cancel(false);
    }

    private void interruptIfCancelled() {
        if (result.isCancelled()) {
            work.cancel(true);
        }
    }

    Runnable job() {
        return work;
    }

    private void run(Callable<? extends T> callable, Executor ui) {
        try {
            T value = callable.call();
            ui.execute(() -> result.complete(value));
        } catch (Throwable thrown) {
            ui.execute(() -> result.completeExceptionally(thrown));
        }
    }
}
