package org.datalabs.desktop.running;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.i18n.Texts;

/** Asks for another name of a session. */
public final class NameDialog extends VBox {
    /** @param onNamed gets the name when the user gives one that is allowed */
    public NameDialog(Session session, Runnable close, Consumer<String> onNamed) {
        Texts texts = Texts.of(NameDialog.class);
        getStyleClass().addAll("dialog-box", "confirmation");
        Label title = new Label(texts.get("rename.title", session.name()));
        title.getStyleClass().add("t2");
        TextField field = new TextField(session.name());
        field.setId("rename-name");
        Label error = new Label();
        error.getStyleClass().addAll("hint", "error");
        Button cancel = new Button(texts.get("rename.cancel"));
        cancel.setOnAction(event -> close.run());
        Button rename = new Button(texts.get("rename.action"));
        rename.setId("rename-confirm");
        rename.getStyleClass().add("accent");
        rename.setDefaultButton(true);
        rename.setOnAction(event -> {
            close.run();
            onNamed.accept(field.getText().strip());
        });
        field.textProperty().subscribe(text -> {
            String wrong = LaunchRules.nameError(text).orElse("");
            error.setText(wrong);
            rename.setDisable(!wrong.isEmpty());
        });
        HBox buttons = new HBox(cancel, rename);
        buttons.getStyleClass().add("buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(title, field, error, buttons);
    }
}
