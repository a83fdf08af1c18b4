package org.datalabs.desktop.launch;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/** Shapes that the wizard's parts share. */
final class WizardLayout {
    private static final double LABELS = 72;

    private WizardLayout() {}

    /** One thing at the left edge, one at the right. */
    static BorderPane spread(Node left, Node right) {
        BorderPane line = new BorderPane();
        line.setLeft(left);
        line.setRight(right);
        BorderPane.setAlignment(left, Pos.CENTER_LEFT);
        BorderPane.setAlignment(right, Pos.CENTER_RIGHT);
        return line;
    }

    /** A grid whose first column holds labels. */
    static GridPane form() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("form");
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(LABELS);
        grid.getColumnConstraints().add(labels);
        return grid;
    }

    /** Gives a grid two columns of one width. */
    static void halves(GridPane grid) {
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().setAll(half, half);
    }

    static Label legend(String styleClass, String words) {
        Region square = new Region();
        square.getStyleClass().addAll("legend-square", styleClass);
        Label label = new Label(words, square);
        label.getStyleClass().addAll("small-text", "muted");
        return label;
    }
}
