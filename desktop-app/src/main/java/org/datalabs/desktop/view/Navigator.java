package org.datalabs.desktop.view;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;

/** Where the user is and how to go elsewhere. */
public interface Navigator {
    ReadOnlyObjectProperty<Place> placeProperty();

    /** Goes to {@code place}; nothing happens when it is the current one or has no screen. */
    void open(Place place);

    void back();

    void forward();

    ReadOnlyBooleanProperty canGoBackProperty();

    ReadOnlyBooleanProperty canGoForwardProperty();
}
