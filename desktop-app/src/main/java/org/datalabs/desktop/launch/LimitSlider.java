package org.datalabs.desktop.launch;

import atlantafx.base.controls.ProgressSliderSkin;
import java.util.function.DoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.Region;

/** A slider that hatches what lies beyond a limit and names its ends and the limit. */
final class LimitSlider extends Region {
    private static final double THUMB = 18;
    private static final double TRACK = 4;
    private static final double GAP = 6;

    private final Slider slider;
    private final Region beyond = new Region();
    private final Label least = caption();
    private final Label most = caption();
    private final Label limitName = caption();
    private final DoubleFunction<String> name;
    private double limit;

    /** @param name the words of a value at the scale */
    LimitSlider(double minimum, double maximum, double step, DoubleFunction<String> name) {
        this.name = name;
        slider = new Slider(minimum, Math.max(maximum, minimum + step), minimum);
        slider.setBlockIncrement(step);
        slider.setSkin(new ProgressSliderSkin(slider));
        limit = maximum;
        beyond.getStyleClass().add("beyond");
        beyond.setMouseTransparent(true);
        least.setText(name.apply(minimum));
        most.setText(name.apply(maximum));
        getStyleClass().add("limit-slider");
        getChildren().addAll(slider, beyond, least, most, limitName);
    }

    private static Label caption() {
        Label label = new Label();
        label.getStyleClass().addAll("caption", "muted");
        return label;
    }

    Slider slider() {
        return slider;
    }

    /** Hatches from {@code newLimit} on; nothing when it is the maximum. */
    void setLimit(double newLimit, String words) {
        limit = Math.max(slider.getMin(), Math.min(slider.getMax(), newLimit));
        boolean limited = limit < slider.getMax();
        beyond.setVisible(limited);
        limitName.setVisible(limited);
        limitName.setText(words);
        requestLayout();
    }

    String words(double value) {
        return name.apply(value);
    }

    @Override
    protected double computePrefHeight(double width) {
        return THUMB + GAP + least.prefHeight(-1);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 320;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        slider.resizeRelocate(0, 0, width, THUMB);
        double from = position(limit);
        beyond.resizeRelocate(from, (THUMB - TRACK) / 2, Math.max(0, width - from), TRACK);
        double y = THUMB + GAP / 2;
        place(least, 0, y);
        place(most, width - most.prefWidth(-1), y);
        double wanted = from - limitName.prefWidth(-1) / 2;
        place(limitName, Math.max(0, Math.min(width - limitName.prefWidth(-1), wanted)), y);
        double limitEnd = limitName.getLayoutX() + limitName.getWidth();
        most.setVisible(!limitName.isVisible() || limitEnd + GAP < most.getLayoutX());
        least.setVisible(!limitName.isVisible() || limitName.getLayoutX() > least.getWidth() + GAP);
    }

    private double position(double value) {
        double share = (value - slider.getMin()) / (slider.getMax() - slider.getMin());
        return THUMB / 2 + share * (getWidth() - THUMB);
    }

    private static void place(Label label, double x, double y) {
        label.resizeRelocate(x, y, label.prefWidth(-1), label.prefHeight(-1));
    }
}
