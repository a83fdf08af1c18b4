package org.datalabs.desktop.datazone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Collects changes and applies all that came since the last time in one go on the user interface's thread, so that a
 * flood of events costs it one job at a time. Keeps their order. Thread-safe.
 */
final class UiBatch {
    private final Executor ui;
    private final Object lock = new Object();
    private List<Runnable> waiting = new ArrayList<>();

    UiBatch(Executor ui) {
        this.ui = ui;
    }

    void add(Runnable change) {
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            waiting.add(change);
        }
        if (first) {
            ui.execute(this::applyAll);
        }
    }

    private void applyAll() {
        List<Runnable> changes;
        synchronized (lock) {
            changes = waiting;
            waiting = new ArrayList<>();
        }
        changes.forEach(Runnable::run);
    }
}
