package org.datalabs.desktop.app;

import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.Icon;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.KeyHint;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The palette: a field and what matches below it; Up and Down choose, Enter runs. */
final class PaletteView extends VBox {
    private static final int MOST_ROWS = 10;
    private static final double ROW = 34;
    private static final double GROUP = 27;
    private static final double EDGES = 12;

    private final Texts texts = Texts.of(PaletteView.class);
    private final TextField field = new TextField();
    private final ListView<PaletteItem> list;
    private final Runnable close;

    PaletteView(PaletteViewModel model, Runnable close) {
        this.close = close;
        list = new ListView<>(model.items());
        field.setId("palette-field");
        field.setPromptText(texts.get("goto"));
        // Not bound: a binding both ways would not keep the model from being collected.
        field.textProperty().subscribe(model.textProperty()::set);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox head = new HBox(new FontIcon(Octicons.SEARCH_16), field, new KeyHint(texts.get("palette.esc")));
        head.getStyleClass().add("palette-head");
        list.setId("palette-list");
        list.setFocusTraversable(false);
        list.setPlaceholder(new Label(texts.get("palette.none")));
        list.setCellFactory(any -> new Cell());
        list.setOnMouseClicked(event -> runSelected());
        Label hint = new Label(texts.get("palette.hint"));
        hint.getStyleClass().addAll("hint", "palette-foot");
        hint.setMaxWidth(Double.MAX_VALUE);
        VBox card = new VBox(head, list, hint);
        card.getStyleClass().add("overlay-card");
        getStyleClass().add("palette");
        getChildren().add(card);
        model.items().addListener((ListChangeListener<PaletteItem>) change -> fit());
        fit();
    }

    private void fit() {
        int rows = Math.max(1, Math.min(MOST_ROWS, list.getItems().size()));
        long groups = list.getItems().stream()
                .limit(rows)
                .map(PaletteItem::group)
                .distinct()
                .count();
        list.setPrefHeight(rows * ROW + groups * GROUP + EDGES);
        list.getSelectionModel().select(0);
        list.scrollTo(0);
    }

    private void onKey(KeyEvent event) {
        int index = list.getSelectionModel().getSelectedIndex();
        int last = list.getItems().size() - 1;
        if (event.getCode() == KeyCode.DOWN && last >= 0) {
            move(index == last ? 0 : index + 1);
        } else if (event.getCode() == KeyCode.UP && last >= 0) {
            move(index <= 0 ? last : index - 1);
        } else if (event.getCode() == KeyCode.ENTER) {
            runSelected();
        } else {
            return;
        }
        event.consume();
    }

    private void move(int index) {
        list.getSelectionModel().select(index);
        list.scrollTo(Math.max(0, index - MOST_ROWS + 2));
    }

    private void runSelected() {
        PaletteItem item = list.getSelectionModel().getSelectedItem();
        if (item != null) {
            close.run();
            item.run().run();
        }
    }

    /** The letters that were typed stand out where they are found. */
    private TextFlow marked(String title) {
        String typed = field.getText().strip();
        int at = typed.isEmpty() ? -1 : title.toLowerCase(Locale.ROOT).indexOf(typed.toLowerCase(Locale.ROOT));
        if (at < 0) {
            return flow(text(title, false));
        }
        int end = at + typed.length();
        return flow(
                text(title.substring(0, at), false),
                text(title.substring(at, end), true),
                text(title.substring(end), false));
    }

    private static TextFlow flow(Text... parts) {
        TextFlow flow = new TextFlow(parts);
        flow.setMaxHeight(USE_PREF_SIZE);
        return flow;
    }

    private static Text text(String words, boolean found) {
        Text text = new Text(words);
        text.getStyleClass().add(found ? "found" : "plain");
        return text;
    }

    private final class Cell extends ListCell<PaletteItem> {
        private final Label group = new Label();
        private final HBox picture = new HBox();
        private final HBox title = new HBox();
        private final Label detail = new Label();
        private final KeyHint keys = new KeyHint("");
        private final HBox line = new HBox(picture, title, detail, keys);
        private final VBox box = new VBox(line);
        private Subscription selection = Subscription.EMPTY;

        Cell() {
            line.getStyleClass().add("palette-line");
            picture.getStyleClass().add("picture");
            title.getStyleClass().add("title");
            detail.getStyleClass().addAll("small-text", "muted");
            detail.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(detail, Priority.ALWAYS);
            group.getStyleClass().addAll("caption", "muted", "group");
            line.setMinHeight(ROW);
        }

        @Override
        protected void updateItem(PaletteItem item, boolean empty) {
            super.updateItem(item, empty);
            selection.unsubscribe();
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            picture.getChildren().setAll(pictureOf(item));
            title.getChildren().setAll(marked(item.title()));
            detail.setText(item.detail());
            group.setText(texts.of("palette.group", item.group()));
            box.getChildren().remove(group);
            if (startsGroup(item)) {
                box.getChildren().add(0, group);
            }
            selection = selectedProperty().subscribe(selected -> {
                keys.setText(selected ? texts.get("palette.enter") : item.keys());
                Shown.when(keys, !keys.getText().isEmpty());
            });
            setGraphic(box);
            setAccessibleText(item.title());
        }

        private boolean startsGroup(PaletteItem item) {
            List<PaletteItem> all = getListView().getItems();
            return getIndex() == 0
                    || (getIndex() < all.size() && all.get(getIndex() - 1).group() != item.group());
        }

        private Node pictureOf(PaletteItem item) {
            Icon tileIcon = item.tile();
            Ikon icon = item.icon();
            if (tileIcon == null && icon != null) {
                return new FontIcon(icon);
            }
            DatalabTile tile = new DatalabTile(DatalabTile.Size.SMALL);
            tile.setIcon(tileIcon);
            return tile;
        }
    }
}
