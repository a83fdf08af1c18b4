package org.datalabs.desktop.view;

import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** Draws the pictures of empty pages; colours come from style classes. */
final class EmptyDrawing {
    private EmptyDrawing() {}

    static Node of(ViewState.Drawing drawing) {
        return switch (drawing) {
            case ORBIT -> orbit();
            case SEARCH -> search();
            case DISCONNECTED -> disc(Feather.CLOUD_OFF);
            case FAULT -> disc(Octicons.ALERT_16);
        };
    }

    private static Node orbit() {
        StackPane drawing = drawing();
        drawing.getChildren()
                .addAll(
                        shape("soft", "M4 34a38 14 -14 1 0 72 -14a38 14 -14 1 0 -72 14z"),
                        shape("body", "M29 27a11 11 0 1 0 22 0a11 11 0 1 0 -22 0z"),
                        at(shape("moon", "M0 4a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"), 36, -12),
                        at(shape("spark", "M4 0v8M0 4h8"), -24, -22),
                        at(shape("spark", "M3 0v6M0 3h6"), 26, 18));
        return drawing;
    }

    private static Node search() {
        StackPane drawing = drawing();
        drawing.getChildren()
                .addAll(
                        shape("lens", "M2 18a16 16 0 1 0 32 0a16 16 0 1 0 -32 0z"),
                        at(shape("handle", "M0 0l12 12"), 19, 19),
                        at(shape("moon", "M0 2a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"), -5, 3),
                        at(shape("moon", "M0 2a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"), 4, -5),
                        at(shape("moon", "M0 1.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0z"), 6, 5));
        return drawing;
    }

    private static Node disc(Ikon ikon) {
        StackPane drawing = drawing();
        drawing.getChildren().addAll(shape("disc", "M0 22a22 22 0 1 0 44 0a22 22 0 1 0 -44 0z"), new FontIcon(ikon));
        return drawing;
    }

    private static StackPane drawing() {
        StackPane drawing = new StackPane();
        drawing.getStyleClass().add("drawing");
        return drawing;
    }

    private static SVGPath shape(String styleClass, String path) {
        SVGPath shape = new SVGPath();
        shape.setContent(path);
        shape.getStyleClass().add(styleClass);
        return shape;
    }

    private static Node at(Node node, double x, double y) {
        node.setTranslateX(x);
        node.setTranslateY(y);
        return node;
    }
}
