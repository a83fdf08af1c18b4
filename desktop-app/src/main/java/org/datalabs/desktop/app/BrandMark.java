package org.datalabs.desktop.app;

import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Ellipse;

/** The sign of the app: a planet with its ring. */
final class BrandMark extends StackPane {
    private static final double PLANET = 4.2;
    private static final double RING_X = 8.5;
    private static final double RING_Y = 3;
    private static final double TILT = -28;

    BrandMark() {
        getStyleClass().add("brand-mark");
        Circle planet = new Circle(PLANET);
        planet.getStyleClass().add("planet");
        Ellipse ring = new Ellipse(RING_X, RING_Y);
        ring.getStyleClass().add("ring");
        ring.setRotate(TILT);
        getChildren().addAll(planet, ring);
    }
}
