package org.datalabs.desktop.control;

import org.kordamp.ikonli.octicons.Octicons;

/** The tone of a message; the name in lower case is its style class. */
public enum Tone {
    INFO(Octicons.INFO_16),
    SUCCESS(Octicons.CHECK_CIRCLE_FILL_16),
    WARNING(Octicons.ALERT_16),
    DANGER(Octicons.X_CIRCLE_FILL_16);

    private final Octicons icon;

    Tone(Octicons icon) {
        this.icon = icon;
    }

    public Octicons icon() {
        return icon;
    }
}
