package org.datalabs.desktop.running;

import java.time.Clock;
import java.time.Instant;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;

/** The time as a property that changes every second, so that what is left of something counts down by itself. */
public final class Ticker {
    private final ReadOnlyObjectWrapper<Instant> now;
    private final Timeline timeline;

    public Ticker(Clock clock) {
        now = new ReadOnlyObjectWrapper<>(this, "now", clock.instant());
        timeline = new Timeline(new KeyFrame(Duration.seconds(1), event -> now.set(clock.instant())));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
    }

    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    public void stop() {
        timeline.stop();
    }
}
