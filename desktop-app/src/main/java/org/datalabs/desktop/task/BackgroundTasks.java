package org.datalabs.desktop.task;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Starts background work and knows what runs. Belongs to the user interface's thread. */
public final class BackgroundTasks {
    private final Executor worker;
    private final Executor ui;
    private final ObservableList<BackgroundTask<?>> running = FXCollections.observableArrayList();
    private final ObservableList<BackgroundTask<?>> readOnlyRunning = FXCollections.unmodifiableObservableList(running);

    /**
     * @param worker runs the work
     * @param ui runs what follows; in the app {@code Platform::runLater}
     */
    public BackgroundTasks(Executor worker, Executor ui) {
        this.worker = worker;
        this.ui = ui;
    }

    /**
     * Starts {@code work} in the background.
     *
     * @param name a few words for the status bar
     */
    public <T extends @Nullable Object> BackgroundTask<T> start(String name, Callable<? extends T> work) {
        BackgroundTask<T> task = new BackgroundTask<>(name, work, ui);
        running.add(task);
        CompletableFuture<?> unused = task.result().whenComplete((value, thrown) -> running.remove(task));
        try {
            worker.execute(task.job());
        } catch (RejectedExecutionException closing) {
            task.cancel();
        }
        return task;
    }

    /** What runs at the moment, oldest first; unmodifiable. */
    public ObservableList<BackgroundTask<?>> running() {
        return readOnlyRunning;
    }

    /** Cancels everything that runs. */
    public void cancelAll() {
        List.copyOf(running).forEach(BackgroundTask::cancel);
    }
}
