package org.datalabs.desktop.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;
import org.jspecify.annotations.Nullable;

/** The dialog that offers to stop a running datalab when no more may run. */
final class StopOneView extends VBox {
    private static final int SHOWN_FIRST = 3;
    private static final Duration USED = Duration.ofMinutes(5);

    private final StopOneViewModel choice;
    private final ObservableValue<Instant> now;
    private final Texts texts = Texts.of(StopOneView.class);
    private final Formats formats = new Formats();
    private final LaunchWords words = new LaunchWords();
    private final ToggleGroup group = new ToggleGroup();
    private final VBox rows = new VBox();
    private final Label problem = new Label();
    private final Button run = new Button();
    private final Subscription bound;

    StopOneView(StopOneViewModel choice, ObservableValue<Instant> now, Runnable close) {
        this.choice = choice;
        this.now = now;
        getStyleClass().addAll("dialog-box", "stop-one");
        setId("stop-one");
        StyleSheets.add(this, StopOneView.class);
        Label title = new Label(texts.get("stop.title", choice.entry().datalab().name()));
        title.getStyleClass().add("t2");
        Label text = new Label(texts.get("stop.text", words.number(choice.limit())));
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        rows.getStyleClass().add("rows");
        problem.getStyleClass().addAll("hint", "error");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(title, text, rows, problem, footer(close));
        List<Session> all = choice.candidates();
        all.stream().limit(SHOWN_FIRST).forEach(session -> rows.getChildren().add(row(session)));
        bound = Subscription.combine(
                choice.chosenProperty().subscribe(session -> refresh()),
                choice.workingProperty().subscribe(working -> refresh()),
                choice.problemProperty().subscribe(failure -> refresh()));
    }

    /** Lets go of the choice. */
    void dispose() {
        bound.unsubscribe();
    }

    private Node row(Session session) {
        DatalabTile tile = new DatalabTile(DatalabTile.Size.SMALL);
        tile.setIcon(choice.datazone()
                .catalogueProperty()
                .get()
                .find(session.datalab())
                .map(CatalogueEntry::datalab)
                .map(datalab -> datalab.icon())
                .orElse(null));
        Label name = new Label(session.name());
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label use = new Label(use(session));
        use.getStyleClass().addAll("small-text", "muted");
        ToggleButton stop = new ToggleButton(texts.get("stop.this"));
        stop.getStyleClass().add("small");
        stop.setId("stop-" + session.id());
        stop.setAccessibleText(texts.get("stop.this.name", session.name()));
        stop.setToggleGroup(group);
        stop.setOnAction(event -> choice.chosenProperty().set(stop.isSelected() ? session : null));
        HBox row = new HBox(tile, name, use, stop);
        row.getStyleClass().add("row");
        return row;
    }

    private String use(Session session) {
        if (!(session.state() instanceof SessionState.Ready)) {
            return texts.get("stop.not.ready");
        }
        Instant used = session.lastUsedAt();
        if (used == null) {
            return texts.get("stop.not.used");
        }
        Duration idle = Duration.between(used, now.getValue());
        return idle.compareTo(USED) < 0 ? texts.get("stop.in.use") : texts.get("stop.idle", formats.duration(idle));
    }

    private Node footer(Runnable close) {
        List<Session> all = choice.candidates();
        Hyperlink more = new Hyperlink(texts.get("stop.show.all", words.number(all.size())));
        more.setOnAction(event -> {
            all.stream().skip(SHOWN_FIRST).forEach(session -> rows.getChildren().add(row(session)));
            Shown.when(more, false);
        });
        Shown.when(more, all.size() > SHOWN_FIRST);
        more.setId("stop-show-all");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button cancel = new Button(texts.get("wizard.cancel"));
        cancel.setId("stop-cancel");
        cancel.getStyleClass().add("flat");
        cancel.setOnAction(event -> close.run());
        run.setId("stop-and-run");
        run.getStyleClass().add("accent");
        run.setOnAction(event -> choice.stopAndRun());
        HBox footer = new HBox(more, space, cancel, run);
        footer.getStyleClass().add("buttons");
        return footer;
    }

    private void refresh() {
        Session chosen = choice.chosenProperty().get();
        boolean working = choice.workingProperty().get();
        run.setDisable(chosen == null || working);
        run.setText(working && chosen != null ? texts.get("stop.working", chosen.name()) : texts.get("stop.and.run"));
        rows.setDisable(working);
        @Nullable Problem failure = choice.problemProperty().get();
        problem.setText(failure == null ? "" : failure.text());
        Shown.when(problem, failure != null);
    }
}
