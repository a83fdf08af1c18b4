package org.datalabs.desktop.datazone;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** A thread that stands for the user interface's. */
final class UiThread implements Executor, AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(job -> new Thread(job, "user interface of a test"));

    @Override
    public void execute(Runnable job) {
        thread.execute(job);
    }

    /** The value that {@code question} has on this thread. */
    <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.join();
    }

    /** Waits until {@code condition} holds on this thread. */
    void waitFor(String what, BooleanSupplier condition) {
        Eventually.holds(what, () -> ask(condition::getAsBoolean));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
