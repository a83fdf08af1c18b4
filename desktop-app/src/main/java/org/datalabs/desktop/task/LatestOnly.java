package org.datalabs.desktop.task;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the newest of a series of requests, such as the searches of one field, and drops what older ones still answer.
 * Not thread-safe: requests are followed, and complete, on one thread.
 */
public final class LatestOnly {
    private @Nullable CompletableFuture<?> newest;

    /**
     * Cancels the request followed so far and follows this one.
     *
     * @param onResult gets the value unless a newer request or {@link #cancel()} came in between
     * @param onFailure gets what the request failed with, under the same condition; never a cancellation
     */
    public <T extends @Nullable Object> void follow(
            CompletableFuture<T> request, Consumer<? super T> onResult, Consumer<? super Throwable> onFailure) {
        CompletableFuture<?> older = newest;
        newest = request;
        if (older != null) {
            older.cancel(false);
        }
        CompletableFuture<?> unused = request.handle((value, thrown) -> {
            if (newest == request) {
                newest = null;
                deliver(value, thrown, onResult, onFailure);
            }
            return null;
        });
    }

    /** Whether a request is on its way. */
    public boolean isBusy() {
        return newest != null;
    }

    /** Cancels the request on its way, if any, and drops its answer. */
    public void cancel() {
        CompletableFuture<?> older = newest;
        newest = null;
        if (older != null) {
            older.cancel(false);
        }
    }

    private static <T extends @Nullable Object> void deliver(
            T value, @Nullable Throwable thrown, Consumer<? super T> onResult, Consumer<? super Throwable> onFailure) {
        if (thrown == null) {
            onResult.accept(value);
            return;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (!(cause instanceof CancellationException)) {
            onFailure.accept(cause);
        }
    }
}
