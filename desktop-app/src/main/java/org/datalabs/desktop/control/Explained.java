package org.datalabs.desktop.control;

import javafx.scene.control.ButtonBase;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** A button that, when it cannot be used, says why: JavaFX shows no tooltip on a disabled control, so this one does. */
public final class Explained extends StackPane {
    private final ButtonBase button;
    private final Tooltip reason = new Tooltip();

    public Explained(ButtonBase button) {
        this.button = button;
        getStyleClass().add("explained");
        reason.getStyleClass().add("reason");
        getChildren().add(button);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    public ButtonBase button() {
        return button;
    }

    /** Disables the button and says why; null enables it. */
    public void refuse(@Nullable String why) {
        button.setDisable(why != null);
        button.setAccessibleHelp(why);
        Tooltip.uninstall(this, reason);
        if (why != null) {
            reason.setText(why);
            Tooltip.install(this, reason);
        }
    }
}
