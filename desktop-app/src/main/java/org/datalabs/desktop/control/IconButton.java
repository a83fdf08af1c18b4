package org.datalabs.desktop.control;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** A button with an icon alone; what it does to what, such as "Destroy jl-xmm-sas", is its tooltip and accessible text. */
public final class IconButton extends Button {
    private final FontIcon icon;

    public IconButton(Ikon ikon, String action) {
        icon = new FontIcon(ikon);
        setGraphic(icon);
        getStyleClass().addAll("button-icon", "flat");
        setAction(action);
    }

    public void setIcon(Ikon ikon) {
        icon.setIconCode(ikon);
    }

    public void setAction(String action) {
        setAccessibleText(action);
        if (getTooltip() == null) {
            setTooltip(new Tooltip(action));
        } else {
            getTooltip().setText(action);
        }
    }
}
