package org.datalabs.desktop.session;

import java.time.Duration;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.Meter;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.session.link.LinkState;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Lies over a session whose link is lost: what is safe, when it is tried again, and to try now. */
final class ConnectionLostView extends StackPane {
    private final Texts texts = Texts.of(ConnectionLostView.class);
    private final Formats formats = new Formats();
    private final Label title = new Label();
    private final Label text = new Label();
    private final Label when = new Label();
    private final Meter progress = new Meter();
    private final Button now = new Button();
    private LinkState.@Nullable Lost lost;
    private Instant from = Instant.EPOCH;

    ConnectionLostView(Runnable reconnect) {
        getStyleClass().add("connection-lost");
        title.getStyleClass().add("t3");
        text.getStyleClass().addAll("muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox head = new HBox(new FontIcon(Feather.WIFI_OFF), new VBox(title, text));
        head.getStyleClass().add("head");
        when.getStyleClass().addAll("small-text", "muted");
        now.setText(texts.get("lost.now"));
        now.setId("session-reconnect");
        now.getStyleClass().add("accent");
        now.setOnAction(event -> reconnect.run());
        BorderPane foot = new BorderPane();
        foot.setLeft(when);
        foot.setRight(now);
        BorderPane.setAlignment(when, Pos.CENTER_LEFT);
        VBox card = new VBox(head, progress, foot);
        card.getStyleClass().addAll("overlay-card", "lost-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().add(card);
        setVisible(false);
    }

    /** Shows what the link's state asks for; nothing while it stands or is made for the first time. */
    void show(LinkState state, String session, String datazone, Instant at) {
        boolean retrying = state instanceof LinkState.Connecting connecting && connecting.attempt() > 1;
        setVisible(state instanceof LinkState.Lost || state instanceof LinkState.Closed || retrying);
        if (state instanceof LinkState.Lost gone) {
            if (!gone.equals(lost)) {
                lost = gone;
                from = at;
            }
            title.setText(texts.get("lost.title"));
            text.setText(texts.get("lost.text", session, datazone));
        } else if (state instanceof LinkState.Closed closed) {
            lost = null;
            title.setText(closed.reason().code().title());
            text.setText(closed.reason().text());
            when.setText("");
        } else {
            when.setText(texts.get("lost.trying"));
        }
        boolean open = !(state instanceof LinkState.Closed);
        now.setVisible(open);
        progress.setVisible(open);
        now.setDisable(retrying);
        tick(at);
    }

    void tick(Instant at) {
        LinkState.Lost gone = lost;
        if (gone == null || now.isDisabled()) {
            return;
        }
        Duration whole = Duration.between(from, gone.nextTry());
        Duration left = Duration.between(at, gone.nextTry());
        when.setText(texts.get("lost.next", formats.duration(left), gone.attempt() + 1));
        progress.setProgress(
                whole.isZero() || whole.isNegative()
                        ? 1
                        : Math.min(1, Math.max(0, 1 - (double) left.toMillis() / whole.toMillis())));
    }
}
