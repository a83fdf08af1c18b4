package org.datalabs.desktop.volumes;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The table of volumes. */
final class VolumeTable extends TableView<Volume> {
    private static final double NARROW = 120;

    private final Texts texts = Texts.of(VolumeTable.class);
    private final Formats formats = new Formats();

    VolumeTable(VolumesViewModel volumes) {
        setId("volumes-table");
        SortedList<Volume> sorted = new SortedList<>(volumes.listed());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        Label none = new Label(texts.get("none"));
        none.getStyleClass().add("muted");
        setPlaceholder(none);
        getColumns()
                .setAll(List.of(
                        text("name", 150, Volume::name, "strong"),
                        text("from", 190, Volume::origin, "quiet"),
                        column("kind", 90, Comparator.comparing(Volume::source), this::showKind),
                        column("size", 90, Comparator.comparing(VolumeTable::bytes), this::showSize),
                        column("files", 70, Comparator.comparing(VolumeTable::files), this::showFiles),
                        column("access", 120, Comparator.comparing(Volume::readOnly), this::showAccess),
                        text("folder", 150, Volume::usualPath, "mono"),
                        column(
                                "users",
                                100,
                                Comparator.comparing((Volume volume) -> volumes.users(volume.id())),
                                (cell, volume) -> showUsers(cell, volumes.users(volume.id()))),
                        column("state", 150, Comparator.comparing(VolumeTable::state), this::showState)));
    }

    /** Fills a cell. */
    private interface Filler {
        void fill(TableCell<Volume, Volume> cell, Volume volume);
    }

    private TableColumn<Volume, Volume> text(
            String key, double width, Function<Volume, String> value, String styleClass) {
        return column(key, width, Comparator.comparing(value), (cell, volume) -> {
            cell.setText(value.apply(volume));
            if (!cell.getStyleClass().contains(styleClass)) {
                cell.getStyleClass().add(styleClass);
            }
        });
    }

    private TableColumn<Volume, Volume> column(String key, double width, Comparator<Volume> order, Filler filler) {
        TableColumn<Volume, Volume> column = new TableColumn<>(texts.get(key));
        column.setPrefWidth(width);
        // Narrow columns hold a number or a word, which nobody can guess once it is cut.
        column.setMinWidth(width <= NARROW ? width : width * 0.6);
        column.setComparator(order);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(view -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Volume volume, boolean empty) {
                super.updateItem(volume, empty);
                setText(null);
                setGraphic(null);
                if (!empty && volume != null) {
                    filler.fill(this, volume);
                }
            }
        });
        return column;
    }

    private static long bytes(Volume volume) {
        Long bytes = volume.sizeBytes();
        return bytes == null ? -1 : bytes;
    }

    private static long files(Volume volume) {
        Long files = volume.files();
        return files == null ? -1 : files;
    }

    private static String state(Volume volume) {
        String problem = volume.problem();
        return problem == null ? "" : problem;
    }

    private void showKind(TableCell<Volume, Volume> cell, Volume volume) {
        Label badge = new Label(texts.of("source", volume.source()));
        if (volume.source() != Volume.Source.ARCHIVE) {
            badge.getStyleClass().addAll("badge", "blue");
        }
        cell.setGraphic(badge);
    }

    private static void alignNumber(TableCell<Volume, Volume> cell) {
        if (!cell.getStyleClass().contains("number")) {
            cell.getStyleClass().add("number");
        }
    }

    private void showSize(TableCell<Volume, Volume> cell, Volume volume) {
        alignNumber(cell);
        cell.setText(volume.sizeBytes() == null ? texts.get("not.counted") : formats.bytes(bytes(volume)));
    }

    private void showFiles(TableCell<Volume, Volume> cell, Volume volume) {
        alignNumber(cell);
        cell.setText(volume.files() == null ? texts.get("not.counted") : texts.get("number", files(volume)));
    }

    private void showAccess(TableCell<Volume, Volume> cell, Volume volume) {
        cell.setText(texts.get(volume.readOnly() ? "readonly" : "readwrite"));
        cell.setGraphic(new FontIcon(volume.readOnly() ? Octicons.LOCK_16 : Octicons.PENCIL_16));
    }

    private void showUsers(TableCell<Volume, Volume> cell, long users) {
        cell.setText(users == 0 ? texts.get("users.none") : texts.get(users == 1 ? "users.one" : "users.more", users));
    }

    private void showState(TableCell<Volume, Volume> cell, Volume volume) {
        String problem = volume.problem();
        Label label = new Label(
                problem == null ? texts.get("usable") : problem,
                new FontIcon(problem == null ? Octicons.CHECK_16 : Tone.WARNING.icon()));
        label.getStyleClass().add(problem == null ? "usable" : "unusable");
        cell.setGraphic(label);
    }
}
