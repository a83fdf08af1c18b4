package org.datalabs.desktop.control;

import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

/**
 * The last values of a measurement as a line over an area, the newest at the right end. Colours come from the style
 * classes {@code cpu} and {@code memory}. The owner says the newest value in words beside it.
 */
public final class Sparkline extends Region {
    private static final int VALUES = 40;
    private static final double DOT = 2;

    private final Polygon area = new Polygon();
    private final Polyline line = new Polyline();
    private final Circle dot = new Circle(DOT);
    private double[] shares = {};

    public Sparkline(String styleClass) {
        getStyleClass().addAll("sparkline", styleClass);
        area.getStyleClass().add("area");
        line.getStyleClass().add("line");
        dot.getStyleClass().add("dot");
        area.setManaged(false);
        line.setManaged(false);
        dot.setManaged(false);
        dot.setVisible(false);
        getChildren().addAll(area, line, dot);
    }

    /** Shows values from 0 to {@code most}, oldest first; of more than 40 the last 40. */
    public void show(List<? extends Number> values, double most) {
        int first = Math.max(0, values.size() - VALUES);
        shares = values.subList(first, values.size()).stream()
                .mapToDouble(value -> most <= 0 ? 0 : Math.min(1, Math.max(0, value.doubleValue() / most)))
                .toArray();
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double step = (getWidth() - DOT) / (VALUES - 1);
        double height = getHeight() - 2 * DOT;
        double start = getWidth() - DOT - step * (shares.length - 1);
        line.getPoints().clear();
        for (int i = 0; i < shares.length; i++) {
            line.getPoints().addAll(start + i * step, DOT + height * (1 - shares[i]));
        }
        area.getPoints().setAll(line.getPoints());
        dot.setVisible(shares.length > 0);
        if (shares.length > 0) {
            area.getPoints().addAll(getWidth() - DOT, getHeight(), start, getHeight());
            dot.relocate(getWidth() - 2 * DOT, height * (1 - shares[shares.length - 1]));
        }
    }
}
