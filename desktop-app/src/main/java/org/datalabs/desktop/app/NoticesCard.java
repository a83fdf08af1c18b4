package org.datalabs.desktop.app;

import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.NoticeBoard;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.javafx.FontIcon;

/** The notices behind the bell, newest first. */
final class NoticesCard extends VBox {
    private static final PseudoClass UNREAD = PseudoClass.getPseudoClass("unread");

    private final Texts texts = Texts.of(NoticesCard.class);
    private final Formats formats = new Formats();
    private final ScreenContext context;
    private final Button markRead = new Button(texts.get("notices.read"));
    private final VBox lines = new VBox();

    NoticesCard(ScreenContext context) {
        this.context = context;
        getStyleClass().add("notices-card");
        Label title = new Label(texts.get("notices.title"));
        title.getStyleClass().add("t3");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        markRead.getStyleClass().addAll("flat", "small");
        markRead.setOnAction(event -> {
            context.notices().markAllRead();
            refresh();
        });
        HBox head = new HBox(title, markRead);
        head.getStyleClass().add("card-head");
        ScrollPane scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().addAll(head, scroll);
    }

    void refresh() {
        NoticeBoard board = context.notices();
        List<NoticeBoard.Notice> notices = board.notices();
        markRead.setDisable(board.unreadProperty().get() == 0);
        lines.getChildren().clear();
        for (int i = 0; i < notices.size(); i++) {
            HBox line = line(notices.get(i));
            line.pseudoClassStateChanged(UNREAD, i < board.unreadProperty().get());
            lines.getChildren().add(line);
        }
        if (notices.isEmpty()) {
            Label none = new Label(texts.get("notices.none"));
            none.getStyleClass().addAll("muted", "none");
            none.setWrapText(true);
            lines.getChildren().add(none);
        }
    }

    private HBox line(NoticeBoard.Notice notice) {
        Label title = new Label(notice.title());
        title.getStyleClass().add("med");
        title.setWrapText(true);
        VBox words = new VBox(title);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (!notice.text().isEmpty()) {
            Label text = new Label(notice.text());
            text.getStyleClass().addAll("small-text", "muted");
            text.setWrapText(true);
            words.getChildren().add(text);
        }
        Action action = notice.action();
        if (action != null) {
            Hyperlink link = new Hyperlink(action.label());
            link.setOnAction(event -> {
                context.popovers().close();
                action.run().run();
            });
            words.getChildren().add(link);
        }
        Label at = new Label(formats.ago(notice.at(), context.now().getValue()));
        at.getStyleClass().addAll("caption", "muted");
        at.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(new FontIcon(notice.tone().icon()), words, at);
        line.getStyleClass().addAll("notice", notice.tone().name().toLowerCase(Locale.ROOT));
        return line;
    }
}
