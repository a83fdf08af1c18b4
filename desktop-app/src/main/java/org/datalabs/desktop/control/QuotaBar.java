package org.datalabs.desktop.control;

import javafx.css.PseudoClass;
import javafx.scene.layout.Region;

/** What of a quota is in use, what this one would take, and what is left. */
public final class QuotaBar extends Region {
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("over");

    private final Region inUse = part("in-use");
    private final Region thisOne = part("this-one");
    private double usedShare;
    private double ownShare;

    public QuotaBar() {
        getStyleClass().add("quota-bar");
        getChildren().addAll(inUse, thisOne);
    }

    private static Region part(String styleClass) {
        Region part = new Region();
        part.getStyleClass().add(styleClass);
        part.setManaged(false);
        return part;
    }

    /** Shows amounts of one unit; {@code :over} is set when they do not fit into {@code whole}. */
    public void show(double used, double own, double whole) {
        usedShare = whole <= 0 ? 0 : Math.min(1, used / whole);
        ownShare = whole <= 0 ? 0 : Math.min(1 - usedShare, own / whole);
        pseudoClassStateChanged(OVER, used + own > whole);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double split = snapPositionX(getWidth() * usedShare);
        double end = snapPositionX(getWidth() * (usedShare + ownShare));
        inUse.resizeRelocate(0, 0, split, getHeight());
        thisOne.resizeRelocate(split, 0, end - split, getHeight());
    }
}
