package org.datalabs.desktop.session.vnc;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodRequests;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Takes the keys of a focused node, input methods included, and leaves the app's shortcuts to it. FX thread only. */
final class DesktopKeyboard {
    private final KeyTranslator translator = new KeyTranslator();
    private final Consumer<KeyStroke> sink;
    private final BooleanProperty grab = new SimpleBooleanProperty(this, "grabKeys", false);
    private Predicate<KeyEvent> appShortcuts = event -> false;
    private @Nullable Runnable onReleased;

    DesktopKeyboard(Consumer<KeyStroke> sink) {
        this.sink = sink;
    }

    BooleanProperty grabProperty() {
        return grab;
    }

    void setAppShortcuts(Predicate<KeyEvent> shortcuts) {
        appShortcuts = shortcuts;
    }

    void setOnReleased(Runnable action) {
        onReleased = action;
    }

    void attach(Node node) {
        node.setInputMethodRequests(new NoComposition());
        node.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        node.addEventHandler(KeyEvent.KEY_RELEASED, this::released);
        node.addEventHandler(KeyEvent.KEY_TYPED, KeyEvent::consume);
        node.addEventHandler(
                InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, event -> send(translator.committed(event.getCommitted())));
        node.focusedProperty().addListener((property, before, now) -> {
            if (!now) {
                forget();
            }
        });
    }

    /** Lets go of every key that is held. */
    void forget() {
        send(translator.releaseAll());
    }

    private void pressed(KeyEvent event) {
        if (event.isControlDown()
                && event.isAltDown()
                && event.isShiftDown()
                && event.getCode().isModifierKey()) {
            free();
            event.consume();
            return;
        }
        if (!grab.get() && appShortcuts.test(event)) {
            forget();
            return;
        }
        send(translator.pressed(event));
        event.consume();
    }

    private void free() {
        forget();
        grab.set(false);
        Runnable action = onReleased;
        if (action != null) {
            action.run();
        }
    }

    private void released(KeyEvent event) {
        send(translator.released(event));
        event.consume();
    }

    private void send(List<KeyStroke> strokes) {
        strokes.forEach(sink);
    }

    /** Composed text comes whole; there is no text here to compose in. */
    private static final class NoComposition implements InputMethodRequests {
        @Override
        public Point2D getTextLocation(int offset) {
            return Point2D.ZERO;
        }

        @Override
        public int getLocationOffset(int x, int y) {
            return 0;
        }

        @Override
        public void cancelLatestCommittedText() {
            // What was typed has left already.
        }

        @Override
        public String getSelectedText() {
            return "";
        }
    }
}
