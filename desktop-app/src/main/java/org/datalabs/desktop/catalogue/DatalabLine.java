package org.datalabs.desktop.catalogue;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.theme.Motion;

/** An entry as a line of the list. */
final class DatalabLine extends EntryPane {
    static final double HEIGHT = 62;

    DatalabLine(EntryActions actions, Motion motion) {
        super(actions, motion);
        getStyleClass().add("line");
        VBox words = new VBox(name, kind);
        words.getStyleClass().add("words");
        summary.setWrapText(false);
        summary.setMaxWidth(Double.MAX_VALUE);
        summary.setMinWidth(0);
        HBox.setHgrow(summary, Priority.ALWAYS);
        HBox content = new HBox(tile, words, summary, brief, chip, state, star, bookmark, play, arrow);
        content.getStyleClass().add("content");
        getChildren().add(content);
    }
}
