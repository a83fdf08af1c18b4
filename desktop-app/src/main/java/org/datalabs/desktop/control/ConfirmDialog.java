package org.datalabs.desktop.control;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The dialog of a {@link ModalHost.Confirmation}; the harmless button has the focus. */
final class ConfirmDialog extends VBox {
    ConfirmDialog(ModalHost.Confirmation question, Runnable keep, Runnable confirm) {
        getStyleClass().addAll("dialog-box", "confirmation");
        Label title = new Label(question.title());
        title.getStyleClass().add("t2");
        title.setWrapText(true);
        Label text = new Label(question.text());
        text.getStyleClass().addAll("muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        Button kept = new Button(question.keep());
        kept.setCancelButton(true);
        kept.setOnAction(event -> keep.run());
        Button taken = new Button(question.action());
        taken.getStyleClass().add("danger");
        taken.setOnAction(event -> confirm.run());
        HBox buttons = new HBox(kept, taken);
        buttons.getStyleClass().add("buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, text, buttons);
        setAccessibleText(question.title());
    }
}
