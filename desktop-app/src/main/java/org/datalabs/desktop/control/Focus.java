package org.datalabs.desktop.control;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;

/** Finds where the focus goes when something opens. */
final class Focus {
    private Focus() {}

    /** The first node in {@code node} that takes the focus. */
    static Optional<Node> first(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable()) {
            return Optional.of(node);
        }
        if (!(node instanceof Parent parent)) {
            return Optional.empty();
        }
        return parent.getChildrenUnmodifiable().stream()
                .map(Focus::first)
                .flatMap(Optional::stream)
                .findFirst();
    }

    static boolean isInside(Node node, Node ancestor) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == ancestor) {
                return true;
            }
        }
        return false;
    }
}
