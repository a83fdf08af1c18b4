package org.datalabs.desktop.catalogue;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.theme.Motion;

/** An entry as a card of the grid. */
final class DatalabCard extends EntryPane {
    static final double HEIGHT = 156;
    static final double LEAST_WIDTH = 290;

    DatalabCard(EntryActions actions, Motion motion) {
        super(actions, motion);
        getStyleClass().add("card");
        VBox words = new VBox(name, kind);
        words.getStyleClass().add("words");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(tile, words, bookmark);
        head.getStyleClass().add("head");
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox foot = new HBox(star, spring, brief, chip, state, play, arrow);
        foot.getStyleClass().add("foot");
        VBox.setVgrow(summary, Priority.ALWAYS);
        VBox content = new VBox(head, summary, foot);
        content.getStyleClass().add("content");
        getChildren().add(content);
    }
}
