package org.datalabs.desktop.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundTasksTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Queue<Runnable> ui = new ArrayDeque<>();
    private final BackgroundTasks tasks = new BackgroundTasks(work::add, ui::add);

    @Test
    void listsWhatRunsUntilItsResultIsDelivered() {
        BackgroundTask<String> task = tasks.start("Reading", () -> "read");
        assertThat(tasks.running()).extracting(BackgroundTask::name).containsExactly("Reading");

        runAll(work);
        assertThat(task.result()).isNotDone();
        runAll(ui);

        assertThat(task.result()).isCompletedWithValue("read");
        assertThat(tasks.running()).isEmpty();
    }

    @Test
    void failsWithWhatTheWorkThrew() {
        BackgroundTask<String> task = tasks.start("Reading", () -> {
            throw new IOException("gone");
        });
        runAll(work);
        runAll(ui);

        assertThat(task.result().handle((value, thrown) -> thrown).join())
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void dropsTheResultOfACancelledTask() {
        List<String> results = new ArrayList<>();
        BackgroundTask<String> task = tasks.start("Reading", () -> "late");
        CompletableFuture<Void> unused = task.result().thenAccept(results::add);
        runAll(work);
        task.cancel();
        runAll(ui);

        assertThat(results).isEmpty();
        assertThat(tasks.running()).isEmpty();
    }

    @Test
    void doesNotStartWhatWasCancelledBefore() {
        List<String> done = new ArrayList<>();
        tasks.start("Writing", () -> done.add("written")).cancel();
        runAll(work);

        assertThat(done).isEmpty();
    }

    @Test
    void interruptsWorkThatIsCancelled() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            BackgroundTask<Boolean> task = new BackgroundTasks(thread, ui::add).start("Waiting", () -> {
                started.countDown();
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                    throw expected;
                }
            });
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            task.cancel();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void cancelsWhatItsExecutorNoLongerTakes() {
        BackgroundTasks closing = new BackgroundTasks(
                job -> {
                    throw new RejectedExecutionException();
                },
                ui::add);

        assertThat(closing.start("Late", () -> "never").result()).isCancelled();
        assertThat(closing.running()).isEmpty();
    }

    private static void runAll(Queue<Runnable> jobs) {
        for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
            job.run();
        }
    }
}
