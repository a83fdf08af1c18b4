package org.datalabs.desktop.control;

import javafx.scene.control.Label;

/** Names a key, such as {@code Ctrl K}, beside what it does. */
public final class KeyHint extends Label {
    public KeyHint(String keys) {
        super(keys);
        getStyleClass().add("key-hint");
        setMinWidth(USE_PREF_SIZE);
    }
}
