package org.datalabs.desktop.control;

import javafx.css.PseudoClass;
import javafx.scene.control.ProgressBar;

/** How full something is: accent to 79 %, warning from 80, danger from 90. */
public final class Meter extends ProgressBar {
    private static final double WARNING = 0.8;
    private static final double DANGER = 0.9;
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass FULL = PseudoClass.getPseudoClass("full");

    public Meter() {
        super(0);
        getStyleClass().add("meter");
        setMaxWidth(Double.MAX_VALUE);
    }

    /** Shows {@code used} of {@code whole}, in any unit; nothing when there is no whole. */
    public void show(double used, double whole) {
        double share = whole <= 0 ? 0 : Math.min(1, Math.max(0, used / whole));
        setProgress(share);
        pseudoClassStateChanged(HIGH, share >= WARNING && share < DANGER);
        pseudoClassStateChanged(FULL, share >= DANGER);
    }
}
