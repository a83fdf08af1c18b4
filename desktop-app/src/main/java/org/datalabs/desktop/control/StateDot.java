package org.datalabs.desktop.control;

import java.util.Locale;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A dot of 8 pixels in the colour of a state; the word stands beside it or in its owner's accessible text. */
public final class StateDot extends Region {
    private @Nullable Colour colour;

    /** Colours of dots. */
    public enum Colour {
        GOOD,
        BUSY,
        WAITING,
        BAD,
        OFF
    }

    public StateDot() {
        getStyleClass().add("state-dot");
        show(Colour.OFF);
    }

    public void show(Colour newColour) {
        if (colour != null) {
            getStyleClass().remove(colour.name().toLowerCase(Locale.ROOT));
        }
        colour = newColour;
        getStyleClass().add(newColour.name().toLowerCase(Locale.ROOT));
    }

    public void show(SessionLook look) {
        show(
                switch (look) {
                    case RUNNING -> Colour.GOOD;
                    case STARTING, STOPPING -> Colour.BUSY;
                    case WAITING, IDLE -> Colour.WAITING;
                    case FAILED -> Colour.BAD;
                    case PAUSED, STOPPED -> Colour.OFF;
                });
    }
}
