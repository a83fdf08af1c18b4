package org.datalabs.desktop.control;

import javafx.scene.control.Label;

/** A word in a rounded outline, such as a mission. */
public final class Chip extends Label {
    public Chip(String words) {
        super(words);
        getStyleClass().add("chip");
    }
}
