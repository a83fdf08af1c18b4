package org.datalabs.desktop.dashboard;

import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.running.SessionNews;
import org.datalabs.desktop.running.SessionWords;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** What happened lately. */
final class ActivityPane extends VBox {
    private final Texts texts = Texts.of(ActivityPane.class);
    private final Formats formats = new Formats();
    private final SessionWords words = new SessionWords();
    private final VBox rows = new VBox();
    private List<SessionNews> shown = List.of();

    ActivityPane() {
        getStyleClass().addAll("dl-card", "activity");
        setId("activity");
        Label title = new Label(texts.get("activity"));
        title.getStyleClass().add("t3");
        rows.getStyleClass().add("rows");
        getChildren().addAll(title, rows);
        showNothing();
    }

    void show(List<SessionNews> news, Instant now) {
        if (news.equals(shown)) {
            return;
        }
        shown = news;
        if (news.isEmpty()) {
            showNothing();
        } else {
            rows.getChildren()
                    .setAll(news.stream().map(entry -> row(entry, now)).toList());
        }
    }

    private void showNothing() {
        Label nothing = new Label(texts.get("activity.none"));
        nothing.getStyleClass().addAll("small-text", "muted");
        nothing.setWrapText(true);
        rows.getChildren().setAll(nothing);
    }

    private Node row(SessionNews news, Instant now) {
        StackPane disc = new StackPane(new FontIcon(icon(news.what())));
        disc.getStyleClass().add("disc");
        Label text = new Label(words.news(news));
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        Label time = new Label(formats.recent(news.at(), now));
        time.getStyleClass().addAll("caption", "muted");
        HBox row = new HBox(disc, new VBox(text, time));
        row.getStyleClass().add("row");
        return row;
    }

    private static Ikon icon(SessionNews.What what) {
        return switch (what) {
            case LAUNCHED -> Octicons.SYNC_16;
            case READY -> Octicons.PLAY_16;
            case FAILED -> Octicons.X_CIRCLE_FILL_16;
            case PAUSED -> Feather.PAUSE;
            case ENDED -> Octicons.SQUARE_FILL_16;
            case ENDS_SOON, PAUSES_SOON -> Octicons.STOPWATCH_16;
        };
    }
}
