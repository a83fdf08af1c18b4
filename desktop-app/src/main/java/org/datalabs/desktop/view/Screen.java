package org.datalabs.desktop.view;

import java.util.Map;
import javafx.scene.Node;
import javafx.scene.input.KeyCombination;

/** A page of the window. One of its kind exists and is shown anew for each place of that kind. */
public interface Screen {
    /** Its content; always the same node. */
    Node node();

    /** Shows {@code place}; called again, without {@link #hide} between, when another place of its kind is opened. */
    void show(Place place);

    /** Is no longer shown; must hold no listener on what outlives it. */
    void hide();

    /** Whether the sidebar gives way to a rail of icons. */
    default boolean wantsRoom() {
        return false;
    }

    /** Ctrl F: moves the focus to the search field of the page, if it has one. */
    default void focusSearch() {}

    /** F5: reads anew what it shows. */
    default void refresh() {}

    /** Keys that work anywhere in the window while this screen is shown. */
    default Map<KeyCombination, Runnable> keys() {
        return Map.of();
    }
}
