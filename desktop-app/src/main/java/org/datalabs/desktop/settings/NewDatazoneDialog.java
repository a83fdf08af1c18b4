package org.datalabs.desktop.settings;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;

/** Asks for name, address and token of a datazone. */
final class NewDatazoneDialog extends VBox {
    private final Texts texts = Texts.of(NewDatazoneDialog.class);
    private final PasswordField token = new PasswordField();

    NewDatazoneDialog(NewDatazoneViewModel model, Runnable close) {
        getStyleClass().addAll("dialog-box", "new-datazone");
        StyleSheets.add(this, NewDatazoneDialog.class);
        Label title = new Label(texts.get("new.title"));
        title.getStyleClass().add("t2");
        TextField name = new TextField();
        name.setId("datazone-name");
        name.textProperty().bindBidirectional(model.nameProperty());
        TextField address = new TextField();
        address.setId("datazone-address");
        address.setPromptText(texts.get("new.address.prompt"));
        address.textProperty().bindBidirectional(model.addressProperty());
        token.setId("datazone-token");
        token.textProperty().bindBidirectional(model.tokenProperty());
        Label error = new Label();
        error.getStyleClass().addAll("hint", "error");
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        error.setId("datazone-error");
        error.textProperty().bind(model.errorProperty());
        Button cancel = new Button(texts.get("new.cancel"));
        cancel.setOnAction(event -> close.run());
        Button add = new Button(texts.get("new.add"));
        add.setId("datazone-add");
        add.setDefaultButton(true);
        add.getStyleClass().add("accent");
        add.disableProperty().bind(model.busyProperty());
        add.setOnAction(event -> model.add());
        HBox buttons = new HBox(cancel, add);
        buttons.getStyleClass().add("buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren()
                .addAll(
                        title,
                        field("new.name", name, null),
                        field("new.address", address, null),
                        field("new.token", token, texts.get("new.token.hint")),
                        error,
                        buttons);
        model.doneProperty().subscribe(done -> {
            if (done) {
                close.run();
            }
        });
    }

    /** For a datazone of which all else is known. */
    void focusToken() {
        token.requestFocus();
    }

    private Node field(String key, TextField field, @org.jspecify.annotations.Nullable String hint) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("field-label");
        label.setLabelFor(field);
        VBox box = new VBox(label, field);
        box.getStyleClass().add("field");
        if (hint != null) {
            Label help = new Label(hint);
            help.getStyleClass().add("hint");
            help.setWrapText(true);
            help.setMinHeight(USE_PREF_SIZE);
            box.getChildren().add(help);
        }
        return box;
    }
}
