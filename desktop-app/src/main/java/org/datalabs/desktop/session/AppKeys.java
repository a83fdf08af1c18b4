package org.datalabs.desktop.session;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Keys that stay with the app while a desktop datalab has the keyboard, unless it grabs them all. */
final class AppKeys {
    static final KeyCombination NEXT_TAB = new KeyCodeCombination(KeyCode.TAB, KeyCombination.CONTROL_DOWN);
    static final KeyCombination PREVIOUS_TAB =
            new KeyCodeCombination(KeyCode.TAB, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN);
    static final KeyCombination CLOSE_TAB = new KeyCodeCombination(KeyCode.W, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination FULL_SCREEN = new KeyCodeCombination(KeyCode.F11);
    static final KeyCombination GO_TO = new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN);

    static final List<KeyCombination> ALL = List.of(NEXT_TAB, PREVIOUS_TAB, CLOSE_TAB, FULL_SCREEN, GO_TO);

    private AppKeys() {}
}
