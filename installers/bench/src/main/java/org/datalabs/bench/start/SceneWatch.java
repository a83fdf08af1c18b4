package org.datalabs.bench.start;

import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the app's scene in every pulse and prints, with the time of {@link System#nanoTime}, when the first cards were
 * painted, when the search field took a key of the keyboard, and when the app said that its datazone is connected. JavaFX
 * thread only.
 */
final class SceneWatch extends AnimationTimer {
    private static final int PULSES_TO_PAINT = 2;
    private static final int PULSES_PER_KEY = 20;

    private final boolean connectionWanted;
    private int pulsesWithCards;
    private int pulsesWithField;
    private boolean cards;
    private boolean key;
    private boolean connected;
    private @Nullable Robot robot;

    /** @param connectionWanted whether a connection is waited for */
    SceneWatch(boolean connectionWanted) {
        this.connectionWanted = connectionWanted;
    }

    @Override
    public void handle(long pulse) {
        Scene scene = scene();
        if (scene == null) {
            return;
        }
        if (!cards) {
            watchCards(scene);
        } else if (!key) {
            watchKey(scene);
        }
        if (!connected
                && scene.lookup("#connection") instanceof Labeled label
                && label.getText().startsWith("Connected")) {
            connected = true;
            say("connected");
        }
        if (cards && key && (connected || !connectionWanted)) {
            stop();
            say("interactive");
        }
    }

    private static @Nullable Scene scene() {
        for (Window window : Window.getWindows()) {
            if (window instanceof Stage stage && stage.isShowing()) {
                return stage.getScene();
            }
        }
        return null;
    }

    private void watchCards(Scene scene) {
        Set<Node> panes = scene.getRoot().lookupAll(".entry");
        boolean filled = panes.stream()
                .anyMatch(pane -> pane.isVisible()
                        && pane.getLayoutBounds().getWidth() > 0
                        && pane.lookup(".entry-name") instanceof Labeled name
                        && !name.getText().isEmpty());
        if (filled && ++pulsesWithCards > PULSES_TO_PAINT) {
            cards = true;
            say("cards");
        }
    }

    private void watchKey(Scene scene) {
        if (!(scene.lookup("#search") instanceof TextField field)
                || !scene.getWindow().isFocused()) {
            return;
        }
        if (robot == null) {
            robot = new Robot();
            field.textProperty().subscribe(text -> {
                if (!text.isEmpty() && !key) {
                    key = true;
                    say("key");
                }
            });
        }
        field.requestFocus();
        if (pulsesWithField++ % PULSES_PER_KEY == 0) {
            robot.keyType(KeyCode.T);
        }
    }

    private static void say(String what) {
        System.out.println(what + " " + System.nanoTime());
    }
}
