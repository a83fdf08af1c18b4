package org.datalabs.desktop.volumes;

import atlantafx.base.controls.CustomTextField;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The dialog that asks which datalab is to have a volume. */
final class DatalabChooser extends VBox {
    private static final double ROW = 44;

    private final ListView<CatalogueEntry> list = new ListView<>();
    private final Consumer<CatalogueEntry> onChosen;
    private final Runnable close;

    DatalabChooser(Datazone datazone, Volume volume, Runnable close, Consumer<CatalogueEntry> onChosen) {
        this.onChosen = onChosen;
        this.close = close;
        Texts texts = Texts.of(DatalabChooser.class);
        StyleSheets.add(this, DatalabChooser.class);
        getStyleClass().addAll("dialog-box", "datalab-chooser");
        setId("datalab-chooser");
        Label title = new Label(texts.get("choose.title", volume.name()));
        title.getStyleClass().add("t2");
        CustomTextField search = new CustomTextField();
        search.setId("choose-search");
        search.setLeft(new FontIcon(Octicons.SEARCH_16));
        search.getStyleClass().add("search-field");
        search.setPromptText(texts.get("choose.search"));
        FilteredList<CatalogueEntry> entries = new FilteredList<>(
                FXCollections.observableList(datazone.catalogueProperty().get().byId().values().stream()
                        .filter(entry -> entry.availability().available())
                        .sorted(Comparator.comparing(entry -> entry.datalab().name()))
                        .toList()));
        list.setItems(entries);
        search.textProperty().subscribe(text -> {
            entries.setPredicate(
                    entry -> (entry.datalab().name() + " " + entry.datalab().summary())
                            .toLowerCase(Locale.ROOT)
                            .contains(text.strip().toLowerCase(Locale.ROOT)));
            list.getSelectionModel().selectFirst();
        });
        search.setOnAction(event -> choose());
        list.setId("choose-list");
        list.setFixedCellSize(ROW);
        list.setCellFactory(view -> new Row());
        list.setPlaceholder(new Label(texts.get("choose.none")));
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                choose();
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                choose();
            }
        });
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button cancel = new Button(texts.get("new.cancel"));
        cancel.setOnAction(event -> close.run());
        Button go = new Button(texts.get("choose.action"));
        go.setId("choose-datalab");
        go.getStyleClass().add("accent");
        go.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        go.setOnAction(event -> choose());
        HBox buttons = new HBox(space, cancel, go);
        buttons.getStyleClass().add("line");
        getChildren().addAll(title, search, list, buttons);
    }

    private void choose() {
        CatalogueEntry chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            close.run();
            onChosen.accept(chosen);
        }
    }

    /** One datalab. */
    private static final class Row extends ListCell<CatalogueEntry> {
        private final DatalabTile tile = new DatalabTile(DatalabTile.Size.SMALL);
        private final Label name = new Label();
        private final Label summary = new Label();
        private final HBox row;

        Row() {
            summary.getStyleClass().addAll("small-text", "muted");
            VBox both = new VBox(name, summary);
            both.setMinWidth(0);
            both.getStyleClass().add("words");
            HBox.setHgrow(both, Priority.ALWAYS);
            row = new HBox(tile, both);
            row.getStyleClass().add("line");
            row.setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable CatalogueEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                return;
            }
            tile.setIcon(entry.datalab().icon());
            name.setText(entry.datalab().name());
            summary.setText(entry.datalab().summary());
            setGraphic(row);
        }
    }
}
