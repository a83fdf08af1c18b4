package org.datalabs.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LatestOnlyTest {
    private final LatestOnly latest = new LatestOnly();
    private final List<String> results = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void dropsTheLateAnswerOfAnOlderRequest() {
        CompletableFuture<String> older = new CompletableFuture<>();
        CompletableFuture<String> newer = new CompletableFuture<>();
        latest.follow(older, results::add, failures::add);
        latest.follow(newer, results::add, failures::add);
        newer.complete("new");
        older.complete("old");

        assertThat(results).containsExactly("new");
        assertThat(failures).isEmpty();
        assertThat(older).isCancelled();
        assertThat(latest.isBusy()).isFalse();
    }

    @Test
    void tellsAFailureWithoutItsWrapping() {
        CompletableFuture<String> request = new CompletableFuture<>();
        latest.follow(request.thenApply(text -> text), results::add, failures::add);
        IllegalStateException cause = new IllegalStateException("broken");
        request.completeExceptionally(cause);

        assertThat(failures).containsExactly(cause);
    }

    @Test
    void tellsNothingAfterACancel() {
        CompletableFuture<String> request = new CompletableFuture<>();
        latest.follow(request, results::add, failures::add);
        assertThat(latest.isBusy()).isTrue();
        latest.cancel();
        request.complete("late");

        assertThat(results).isEmpty();
        assertThat(failures).isEmpty();
        assertThat(latest.isBusy()).isFalse();
    }
}
