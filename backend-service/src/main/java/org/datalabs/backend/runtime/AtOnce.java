package org.datalabs.backend.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Many questions, of which only some are asked at once. */
public final class AtOnce {
    private AtOnce() {}

    /**
     * Asks about each item; the next when one of those before is answered, or its question has failed. Blocks nobody.
     *
     * @param most how many are asked at once
     * @return done when all are; never fails
     */
    public static <T> CompletableFuture<Void> each(
            Collection<T> items, int most, Function<T, ? extends CompletionStage<?>> question) {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(items);
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < most; lane++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            lanes.add(done);
            goOn(waiting, question, done);
        }
        return CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new));
    }

    private static <T> void goOn(
            Queue<T> waiting, Function<T, ? extends CompletionStage<?>> question, CompletableFuture<Void> done) {
        for (T item = waiting.poll(); item != null; item = waiting.poll()) {
            CompletableFuture<?> answer = question.apply(item).toCompletableFuture();
            if (!answer.isDone()) {
                var unused = answer.whenComplete((told, failure) -> goOn(waiting, question, done));
                return;
            }
        }
        done.complete(null);
    }
}
