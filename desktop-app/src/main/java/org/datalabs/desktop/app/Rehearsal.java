package org.datalabs.desktop.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;

/**
 * Goes through the app's places, in an app started for nothing else: the JVM then knows which classes to keep in its
 * archive, and the next starts are quicker. JavaFX thread only.
 */
final class Rehearsal {
    private static final Duration STEP = Duration.millis(400);
    private static final int LONGEST_WAIT_STEPS = 60;

    private final ScreenContext context;
    private final Runnable end;
    private final Timeline timeline = new Timeline(new KeyFrame(STEP, event -> step()));
    private final Deque<Place> places = new ArrayDeque<>(
            List.of(new Place.Dashboard(), new Place.Volumes(), new Place.Settings(), new Place.Catalogue()));
    private int waited;
    private boolean details;

    /** @param end called once, when there is no place left */
    Rehearsal(ScreenContext context, Runnable end) {
        this.context = context;
        this.end = end;
    }

    void start() {
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
    }

    private void step() {
        Datazone datazone = context.datazones().currentProperty().get();
        boolean online = datazone.connectionProperty().get() instanceof Connection.Online;
        List<DatalabId> datalabs = datazone.catalogueProperty().get().byId().keySet().stream()
                .limit(1)
                .toList();
        if ((!online || datalabs.isEmpty()) && waited < LONGEST_WAIT_STEPS) {
            waited++;
        } else if (!details) {
            details = true;
            datalabs.forEach(id -> context.navigator().open(new Place.Details(id)));
        } else if (places.isEmpty()) {
            timeline.stop();
            end.run();
        } else {
            context.navigator().open(places.remove());
        }
    }
}
