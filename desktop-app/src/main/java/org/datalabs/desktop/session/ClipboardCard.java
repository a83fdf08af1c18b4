package org.datalabs.desktop.session;

import atlantafx.base.controls.ToggleSwitch;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;

/** The popover that moves text between this computer and a desktop datalab. */
final class ClipboardCard extends VBox {
    private static final int LONGEST = 400;

    private final Subscription bound;

    ClipboardCard(DesktopEngine engine, String datalab, Runnable close) {
        Texts texts = Texts.of(ClipboardCard.class);
        StyleSheets.add(this, ClipboardCard.class);
        getStyleClass().addAll("overlay-card", "clipboard-card");
        setId("clipboard-card");
        Label title = new Label(texts.get("clipboard"));
        title.getStyleClass().add("t3");
        ToggleSwitch share = new ToggleSwitch(texts.get("clipboard.share"));
        share.setId("clipboard-share");
        share.selectedProperty().bindBidirectional(engine.shareClipboardProperty());
        BorderPane head = new BorderPane();
        head.setLeft(title);
        head.setRight(share);
        BorderPane.setAlignment(title, Pos.CENTER_LEFT);
        Label from = new Label();
        from.getStyleClass().addAll("small-text", "muted");
        Label remote = new Label();
        remote.setId("clipboard-remote");
        remote.getStyleClass().add("code");
        remote.setWrapText(true);
        remote.setMaxWidth(Double.MAX_VALUE);
        Button copy = new Button(texts.get("clipboard.copy"));
        copy.setId("clipboard-copy");
        copy.getStyleClass().add("accent");
        copy.setOnAction(event -> {
            engine.copyToThisComputer();
            close.run();
        });
        Button paste = new Button(texts.get("clipboard.paste", datalab));
        paste.setId("clipboard-paste");
        paste.setOnAction(event -> {
            engine.pasteIntoDesktop();
            close.run();
        });
        HBox buttons = new HBox(copy, paste);
        buttons.getStyleClass().add("buttons");
        getChildren().addAll(head, from, remote, buttons);
        Subscription text = engine.remoteTextProperty().subscribe(copied -> {
            boolean none = copied.isEmpty();
            from.setText(texts.get(none ? "clipboard.none" : "clipboard.copied"));
            remote.setText(copied.length() > LONGEST ? copied.substring(0, LONGEST) + "…" : copied);
            Shown.when(remote, !none);
            copy.setDisable(none);
        });
        bound = text.and(() -> share.selectedProperty().unbindBidirectional(engine.shareClipboardProperty()));
    }

    /** Lets go of the engine. */
    void dispose() {
        bound.unsubscribe();
    }
}
