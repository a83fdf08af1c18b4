package org.datalabs.desktop.app;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.KeyHint;
import org.datalabs.desktop.i18n.Texts;

/** The keyboard map. */
final class KeysDialog extends VBox {
    private static final List<String> KEYS = List.of(
            "goto", "search", "places", "zone", "next", "close", "run", "refresh", "full", "back", "escape", "release");

    KeysDialog(Runnable close) {
        Texts texts = Texts.of(KeysDialog.class);
        getStyleClass().addAll("dialog-box", "keys-dialog");
        Label title = new Label(texts.get("keys.title"));
        title.getStyleClass().add("t2");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys");
        for (int row = 0; row < KEYS.size(); row++) {
            String what = texts.get("keys.what." + KEYS.get(row));
            grid.addRow(row, new KeyHint(texts.get("keys.key." + KEYS.get(row))), new Label(what));
        }
        Button done = new Button(texts.get("keys.close"));
        done.getStyleClass().add("accent");
        done.setOnAction(event -> close.run());
        HBox foot = new HBox(done);
        foot.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, grid, foot);
    }
}
