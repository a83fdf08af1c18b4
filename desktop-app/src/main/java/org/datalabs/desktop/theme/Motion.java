package org.datalabs.desktop.theme;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.util.Duration;

/** Whether and how fast things move. */
public interface Motion {
    /** Whether the user asked for no movement. */
    ReadOnlyBooleanProperty reducedProperty();

    /** Length of a hover or fade. */
    default Duration fade() {
        return lasting(120);
    }

    /** Length of the opening of a popover or dialog. */
    default Duration popover() {
        return lasting(180);
    }

    /** Length of the opening of a drawer. */
    default Duration drawer() {
        return lasting(240);
    }

    // Not zero: an animation without length never sets its end value.
    private Duration lasting(double millis) {
        return reducedProperty().get() ? Duration.ONE : Duration.millis(millis);
    }
}
