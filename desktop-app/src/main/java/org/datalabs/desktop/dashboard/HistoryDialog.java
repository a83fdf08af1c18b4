package org.datalabs.desktop.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.running.SessionWords;
import org.datalabs.desktop.task.LatestOnly;
import org.datalabs.desktop.theme.StyleSheets;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.octicons.Octicons;

/** The datalabs that ended in the last month, each of which can be run again. */
final class HistoryDialog extends VBox {
    private static final double ROW = 52;

    private final CardContext context;
    private final Runnable close;
    private final Texts texts = Texts.of(HistoryDialog.class);
    private final Formats formats = new Formats();
    private final SessionWords words = new SessionWords();
    private final ListView<Session> list = new ListView<>();
    private final Label message = new Label();
    private final LatestOnly request = new LatestOnly();

    HistoryDialog(CardContext context, Runnable close) {
        this.context = context;
        this.close = close;
        StyleSheets.add(this, HistoryDialog.class);
        getStyleClass().addAll("dialog-box", "history");
        setId("history");
        Label title = new Label(texts.get("history"));
        title.getStyleClass().add("t2");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        IconButton x = new IconButton(Octicons.X_16, texts.get("close"));
        x.setOnAction(event -> close.run());
        HBox head = new HBox(title, x);
        head.getStyleClass().add("history-head");
        list.setId("history-list");
        list.setFixedCellSize(ROW);
        list.setCellFactory(view -> new Row());
        message.getStyleClass().add("muted");
        message.setWrapText(true);
        StackPane body = new StackPane(list, message);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, body);
        message.setText(texts.get("history.loading"));
        request.follow(
                context.datazone().history(),
                this::show,
                thrown -> message.setText(Problems.of(thrown).text()));
    }

    /** Gives up reading. */
    void dispose() {
        request.cancel();
    }

    private void show(List<Session> ended) {
        list.getItems().setAll(ended);
        message.setText(ended.isEmpty() ? texts.get("history.none") : "");
    }

    /** One session that ended. */
    private final class Row extends ListCell<Session> {
        private final DatalabTile tile = new DatalabTile(DatalabTile.Size.MEDIUM);
        private final Label name = new Label();
        private final Label detail = new Label();
        private final Button again = new Button(texts.get("history.again"));
        private final HBox row;

        Row() {
            getStyleClass().add("history-row");
            detail.getStyleClass().addAll("small-text", "muted");
            VBox both = new VBox(name, detail);
            both.setMinWidth(0);
            HBox.setHgrow(both, Priority.ALWAYS);
            again.getStyleClass().add("small");
            again.setMinWidth(Region.USE_PREF_SIZE);
            again.setOnAction(event -> {
                Session session = getItem();
                if (session != null) {
                    close.run();
                    context.launches().runAgain(session);
                }
            });
            row = new HBox(tile, both, again);
            row.getStyleClass().add("row");
            row.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Session session, boolean empty) {
            super.updateItem(session, empty);
            if (empty || session == null) {
                setGraphic(null);
                return;
            }
            setGraphic(show(session));
        }

        private Node show(Session session) {
            tile.setIcon(context.datazone()
                    .catalogueProperty()
                    .get()
                    .find(session.datalab())
                    .map(CatalogueEntry::datalab)
                    .map(datalab -> datalab.icon())
                    .orElse(null));
            name.setText(session.name());
            Instant ended = session.state().since();
            detail.setText(texts.get(
                    "history.detail",
                    words.datalab(session),
                    formats.moment(ended),
                    formats.duration(Duration.between(session.createdAt(), ended))));
            again.setId("history-again-" + session.id());
            again.setAccessibleText(texts.get("history.again.name", session.name()));
            return row;
        }
    }
}
