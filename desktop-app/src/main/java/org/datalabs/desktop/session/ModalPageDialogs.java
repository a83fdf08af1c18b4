package org.datalabs.desktop.session;

import java.util.Optional;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.session.web.PageDialogs;
import org.jspecify.annotations.Nullable;

/** Asks what pages ask in the app's own dialogs. A script waits for the answer, so the call does too; the app goes on. */
final class ModalPageDialogs implements PageDialogs {
    private final ModalHost dialogs;
    private final Texts texts = Texts.of(ModalPageDialogs.class);

    ModalPageDialogs(ModalHost dialogs) {
        this.dialogs = dialogs;
    }

    @Override
    public void alert(String message) {
        ask(message, null, false);
    }

    @Override
    public boolean confirm(String message) {
        return ask(message, null, true).isPresent();
    }

    @Override
    public Optional<String> prompt(String message, String initial) {
        return ask(message, initial, true);
    }

    private Optional<String> ask(String message, @Nullable String initial, boolean canCancel) {
        Object question = new Object();
        TextField field = new TextField(initial == null ? "" : initial);
        String[] answer = new String[1];
        VBox dialog = new VBox();
        dialog.getStyleClass().addAll("dialog-box", "confirmation");
        Label title = new Label(texts.get("page.asks"));
        title.getStyleClass().add("t2");
        Label text = new Label(message);
        text.setWrapText(true);
        dialog.getChildren().addAll(title, text);
        if (initial != null) {
            dialog.getChildren().add(field);
        }
        Button take = new Button(texts.get(canCancel ? "page.go.on" : "page.close"));
        take.getStyleClass().add("accent");
        take.setDefaultButton(true);
        take.setOnAction(event -> {
            answer[0] = field.getText();
            dialogs.close();
        });
        HBox buttons = new HBox(take);
        if (canCancel) {
            Button cancel = new Button(texts.get("page.cancel"));
            cancel.setOnAction(event -> dialogs.close());
            buttons.getChildren().add(0, cancel);
        }
        buttons.getStyleClass().add("buttons");
        buttons.setAlignment(Pos.CENTER_RIGHT);
        dialog.getChildren().add(buttons);
        dialogs.show(dialog, () -> Platform.exitNestedEventLoop(question, answer[0]));
        Platform.enterNestedEventLoop(question);
        return Optional.ofNullable(answer[0]);
    }
}
