package org.datalabs.desktop.running;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.datalabs.desktop.control.Meter;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.Spinner;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Motion;
import org.datalabs.desktop.theme.StyleSheets;
import org.kordamp.ikonli.octicons.Octicons;

/** The steps of a start with the seconds that each took, and the last line of the log. */
public final class StartStepsView extends VBox {
    /** Below this, tenths of seconds are told. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Motion motion;
    private final Texts texts = Texts.of(StartStepsView.class);
    private final Formats formats = new Formats();
    private final VBox rows = new VBox();
    private final Meter progress = new Meter();
    private final Label log = new Label();
    private List<StartStep> steps = List.of();
    private Instant received = Instant.EPOCH;
    private Label running = new Label();

    public StartStepsView(Motion motion) {
        this.motion = motion;
        StyleSheets.add(this, StartStepsView.class);
        getStyleClass().add("start-steps");
        rows.getStyleClass().add("rows");
        rows.setAccessibleText(texts.get("steps.label"));
        log.getStyleClass().add("code");
        log.setMaxWidth(Double.MAX_VALUE);
        showLog("");
        getChildren().addAll(rows, progress, log);
    }

    /** Shows the steps as the datazone told them at {@code now}. */
    public void show(SessionState.Starting state, Instant now) {
        if (!state.steps().equals(steps)) {
            steps = state.steps();
            received = now;
            rows.getChildren().setAll(steps.stream().map(this::row).toList());
            long done = steps.stream()
                    .filter(step -> step.progress() == StartStep.Progress.DONE)
                    .count();
            progress.setProgress(steps.isEmpty() ? 0 : (double) done / steps.size());
        }
        tick(now);
    }

    /** Counts on the step that is under way. */
    public void tick(Instant now) {
        steps.stream()
                .filter(step -> step.progress() == StartStep.Progress.ACTIVE)
                .findFirst()
                .ifPresent(step -> running.setText(seconds(step, Duration.between(received, now))));
    }

    /** Shows the newest line of the log; nothing when empty. */
    public void showLog(String line) {
        log.setText(line);
        Shown.when(log, !line.isEmpty());
    }

    private HBox row(StartStep step) {
        Spinner icon = new Spinner(motion);
        switch (step.progress()) {
            case DONE -> icon.show(Octicons.CHECK_CIRCLE_FILL_16, false);
            case ACTIVE -> icon.show(Octicons.SYNC_16, true);
            case WAITING -> icon.show(Octicons.CIRCLE_16, false);
        }
        Label text = new Label(step.text());
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Label time = new Label(step.millis() == null ? "" : seconds(step, Duration.ZERO));
        time.setMinWidth(USE_PREF_SIZE);
        time.getStyleClass().addAll("small-text", "muted");
        if (step.progress() == StartStep.Progress.ACTIVE) {
            running = time;
        }
        HBox row = new HBox(icon, text, time);
        row.getStyleClass()
                .addAll(
                        "start-step",
                        switch (step.progress()) {
                            case DONE -> "done";
                            case ACTIVE -> "active";
                            case WAITING -> "waiting";
                        });
        return row;
    }

    private String seconds(StartStep step, Duration since) {
        Long millis = step.millis();
        Duration sinceThen = since.isNegative() ? Duration.ZERO : since;
        Duration taken = Duration.ofMillis(millis == null ? 0 : millis).plus(sinceThen);
        return taken.compareTo(LONG) < 0
                ? texts.get("steps.seconds", Math.round(taken.toMillis() / 100.0) / 10.0)
                : formats.duration(taken);
    }
}
