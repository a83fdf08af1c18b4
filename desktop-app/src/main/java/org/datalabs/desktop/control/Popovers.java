package org.datalabs.desktop.control;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The layer with the open popover. In the scene and not a window of its own, so that it shares its styles and focus. */
final class Popovers extends Pane implements PopoverHost {
    private static final double GAP = 6;
    private static final double EDGE = 8;

    private @Nullable Region card;
    private @Nullable Node anchor;
    private boolean atRight;

    Popovers() {
        setVisible(false);
        addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getTarget() == this) {
                close();
                event.consume();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
    }

    @Override
    public void show(Region newCard, Node newAnchor, boolean rightEdge) {
        card = newCard;
        anchor = newAnchor;
        atRight = rightEdge;
        if (!newCard.getStyleClass().contains("overlay-card")) {
            newCard.getStyleClass().add("overlay-card");
        }
        getChildren().setAll(newCard);
        setVisible(true);
        Focus.first(newCard).ifPresent(Node::requestFocus);
    }

    @Override
    public void close() {
        Node back = anchor;
        card = null;
        anchor = null;
        getChildren().clear();
        setVisible(false);
        if (back != null) {
            back.requestFocus();
        }
    }

    @Override
    public boolean isShowing(Region wanted) {
        return card == wanted;
    }

    @Override
    protected void layoutChildren() {
        if (card == null || anchor == null) {
            return;
        }
        Bounds place = sceneToLocal(anchor.localToScene(anchor.getLayoutBounds()));
        double width = Math.min(card.prefWidth(-1), getWidth() - 2 * EDGE);
        double top = place.getMaxY() + GAP;
        double height = Math.min(card.prefHeight(width), getHeight() - top - EDGE);
        double wanted = atRight ? place.getMaxX() - width : place.getMinX();
        double left = Math.max(EDGE, Math.min(wanted, getWidth() - width - EDGE));
        card.resizeRelocate(snapPositionX(left), snapPositionY(top), width, height);
    }
}
