package org.datalabs.desktop.session;

import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.datalabs.desktop.theme.StyleSheets;
import org.jspecify.annotations.Nullable;

/** Shows a node alone on the whole screen and puts it back afterwards. */
final class FullScreen {
    private final Pane node;
    private final StackPane home;
    private @Nullable Stage stage;

    /** @param home where {@code node} lives otherwise, at the bottom */
    FullScreen(Pane node, StackPane home) {
        this.node = node;
        this.home = home;
    }

    boolean isOn() {
        return stage != null;
    }

    void toggle() {
        if (isOn()) {
            leave();
        } else if (home.getScene() != null) {
            enter(home.getScene());
        }
    }

    private void enter(Scene around) {
        Stage whole = new Stage();
        StackPane root = new StackPane();
        root.getStyleClass().setAll(around.getRoot().getStyleClass());
        home.getChildren().remove(node);
        root.getChildren().add(node);
        Scene scene = new Scene(root);
        scene.getStylesheets().setAll(around.getStylesheets());
        StyleSheets.add(root, FullScreen.class);
        // F11 alone leaves: Esc belongs to the datalab.
        scene.getAccelerators().put(KeyCombination.valueOf("F11"), this::leave);
        whole.setScene(scene);
        whole.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        whole.setFullScreenExitHint("");
        whole.setFullScreen(true);
        whole.initOwner(around.getWindow());
        whole.setOnHidden(event -> restore());
        stage = whole;
        whole.show();
        node.requestFocus();
    }

    void leave() {
        Stage whole = stage;
        if (whole != null) {
            whole.close();
        }
    }

    private void restore() {
        stage = null;
        ((Pane) node.getParent()).getChildren().remove(node);
        home.getChildren().add(0, node);
    }
}
