package org.datalabs.desktop.app;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.datalabs.desktop.control.Shown;

/** A line of the sidebar: picture, name, something at the end; the picture alone in the rail. */
final class NavItem extends HBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass RAIL = PseudoClass.getPseudoClass("rail");

    private final Label name = new Label();
    private final Node end;
    private final Tooltip tooltip = new Tooltip();
    private final Region bar = new Region();

    NavItem(Node picture, Node end, Runnable open) {
        this.end = end;
        getStyleClass().add("nav");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TAB_ITEM);
        name.getStyleClass().add("name");
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        bar.getStyleClass().add("bar");
        bar.setManaged(false);
        getChildren().addAll(bar, picture, name, end);
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                open.run();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                open.run();
                event.consume();
            }
        });
    }

    /** @param accessible what screen readers say, name and state */
    void setWords(String newName, String accessible) {
        name.setText(newName);
        setAccessibleText(accessible);
        tooltip.setText(accessible);
    }

    void setSelected(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    void setRail(boolean rail) {
        pseudoClassStateChanged(RAIL, rail);
        for (Node node : new Node[] {name, end}) {
            Shown.when(node, !rail);
        }
        if (rail) {
            Tooltip.install(this, tooltip);
        } else {
            Tooltip.uninstall(this, tooltip);
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        double height = bar.prefHeight(-1);
        bar.resizeRelocate(bar.getTranslateX(), (getHeight() - height) / 2, bar.prefWidth(-1), height);
    }
}
