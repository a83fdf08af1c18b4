package org.datalabs.desktop.view;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;

/** The time, once a second. No animation: those would keep the window drawing sixty times a second. */
public final class Ticker {
    private final ReadOnlyObjectWrapper<Instant> now;

    public Ticker(Clock clock) {
        now = new ReadOnlyObjectWrapper<>(clock.instant());
    }

    /** Starts to tick until unsubscribed. */
    public Subscription start(Clock clock, ScheduledExecutorService timer, Executor ui) {
        ScheduledFuture<?> ticking =
                timer.scheduleAtFixedRate(() -> ui.execute(() -> now.set(clock.instant())), 1, 1, TimeUnit.SECONDS);
        return () -> ticking.cancel(false);
    }

    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }
}
