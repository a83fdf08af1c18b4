package org.datalabs.desktop.control;

import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Shows small cards below the control that opens them, one at a time; Esc and a click beside it close it. */
public interface PopoverHost {
    /**
     * Shows {@code card} in place of any that is open.
     *
     * @param anchor the control it belongs to
     * @param atRight whether their right edges meet, else the left ones
     */
    void show(Region card, Node anchor, boolean atRight);

    void close();

    boolean isShowing(Region card);
}
