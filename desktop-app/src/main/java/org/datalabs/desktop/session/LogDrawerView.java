package org.datalabs.desktop.session;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.controls.ToggleSwitch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.LogPage;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The drawer at the bottom of a tab that shows the session's log. */
final class LogDrawerView extends VBox {
    private static final double LINE = 20;

    private final LogDrawerViewModel log;
    private final ToastHost toasts;
    private final Texts texts = Texts.of(LogDrawerView.class);
    private final DateTimeFormatter clock =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private final ListView<LogPage.Line> list;
    private final Label count = new Label();
    private final InvalidationListener onLines = observable -> refresh();

    LogDrawerView(LogDrawerViewModel log, String name, ToastHost toasts, Runnable close) {
        this.log = log;
        this.toasts = toasts;
        getStyleClass().add("log-drawer");
        setId("log-drawer");
        list = new ListView<>(log.lines());
        list.setId("log-lines");
        list.setFixedCellSize(LINE);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(view -> new LineCell());
        Label empty = new Label(texts.get("log.empty"));
        empty.getStyleClass().add("muted");
        list.setPlaceholder(empty);
        VBox.setVgrow(list, Priority.ALWAYS);
        count.getStyleClass().addAll("small-text", "muted");
        HBox foot = new HBox(count);
        foot.getStyleClass().add("log-foot");
        getChildren().addAll(head(name, close), list, foot);
        log.lines().addListener(onLines);
        log.problemProperty().subscribe(problem -> refresh());
        log.followProperty().subscribe(on -> refresh());
    }

    /** Lets go of the log. */
    void dispose() {
        log.lines().removeListener(onLines);
        log.close();
    }

    private HBox head(String name, Runnable close) {
        Label title = new Label(texts.get("log"));
        title.getStyleClass().add("t3");
        SegmentedControl<LogDrawerViewModel.Source> source =
                new SegmentedControl<>(chosen -> log.sourceProperty().set(chosen));
        for (LogDrawerViewModel.Source each : LogDrawerViewModel.Source.values()) {
            source.add(each, texts.of("log.source", each), null);
        }
        source.choose(log.sourceProperty().get());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        ToggleSwitch follow = new ToggleSwitch(texts.get("log.follow"));
        follow.setId("log-follow");
        follow.selectedProperty().bindBidirectional(log.followProperty());
        CustomTextField search = new CustomTextField();
        search.setId("log-search");
        search.setLeft(new FontIcon(Octicons.SEARCH_16));
        search.getStyleClass().addAll("search-field", "small");
        search.setPromptText(texts.get("log.search"));
        search.textProperty().bindBidirectional(log.searchProperty());
        HBox head = new HBox(
                title,
                source,
                space,
                follow,
                search,
                button("log-copy", Feather.COPY, texts.get("log.copy"), this::copy),
                button("log-save", Octicons.DOWNLOAD_16, texts.get("log.save"), () -> save(name)),
                button("log-close", Octicons.X_16, texts.get("log.close"), close));
        head.getStyleClass().add("log-head");
        return head;
    }

    private static IconButton button(String id, Ikon icon, String action, Runnable run) {
        IconButton button = new IconButton(icon, action);
        button.setId(id);
        button.setOnAction(event -> run.run());
        return button;
    }

    private void copy() {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, log.text()));
        toasts.show(new ToastHost.Toast(
                Tone.SUCCESS, texts.get("log.copied", log.lines().size()), null));
    }

    private void save(String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("log.save"));
        chooser.setInitialFileName(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".log");
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file.toPath(), log.text());
            toasts.show(new ToastHost.Toast(Tone.SUCCESS, texts.get("log.saved", file.getName()), null));
        } catch (IOException e) {
            toasts.show(new ToastHost.Toast(Tone.DANGER, Problems.of(e).text(), null));
        }
    }

    private void refresh() {
        int size = log.lines().size();
        Problem problem = log.problemProperty().get();
        count.setText(problem == null ? texts.get(size == 1 ? "log.line" : "log.lines", size) : problem.text());
        if (log.followProperty().get() && size > 0) {
            // The list has not measured its new lines yet.
            Platform.runLater(() -> list.scrollTo(log.lines().size() - 1));
        }
    }

    /** One line: time and text. */
    private final class LineCell extends ListCell<LogPage.Line> {
        LineCell() {
            getStyleClass().addAll("log-line", "mono");
        }

        @Override
        protected void updateItem(LogPage.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll("warning", "error");
            if (empty || line == null) {
                setText(null);
                return;
            }
            setText(texts.get("log.entry", clock.format(line.at()), line.text()));
            String upper = line.text().toUpperCase(Locale.ROOT);
            if (upper.contains("ERROR") || upper.contains("EXCEPTION")) {
                getStyleClass().add("error");
            } else if (upper.contains("WARN")) {
                getStyleClass().add("warning");
            }
        }
    }
}
