package org.datalabs.desktop.theme;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The user's choice of colours and movement. */
public final class Appearance implements Motion {
    private final ObjectProperty<Scheme> scheme = new SimpleObjectProperty<>(this, "scheme", Scheme.LIGHT);
    private final BooleanProperty reducedMotion = new SimpleBooleanProperty(this, "reducedMotion", false);

    public ObjectProperty<Scheme> schemeProperty() {
        return scheme;
    }

    @Override
    public BooleanProperty reducedProperty() {
        return reducedMotion;
    }
}
