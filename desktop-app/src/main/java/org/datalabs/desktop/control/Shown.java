package org.datalabs.desktop.control;

import javafx.scene.Node;

/** Takes controls out of a screen and puts them back. */
public final class Shown {
    private Shown() {}

    /**
     * Shows a node or hides it, with the room that it takes. A node that is only not laid out any more would stay where it
     * was last, unseen, and take the clicks meant for what is there now.
     */
    public static void when(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
