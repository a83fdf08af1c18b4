package org.datalabs.desktop.launch;

import java.util.Optional;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.DeclaredVolume.Importance;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/** A volume that can be chosen. */
final class VolumeCell extends ListCell<Volume> {
    private static final double ORIGIN = 170;
    private static final double SIZE = 70;
    private static final double BADGE = 84;

    private final VolumesViewModel volumes;
    private final Texts texts = Texts.of(VolumeCell.class);
    private final Formats formats = new Formats();
    private final CheckBox box = new CheckBox();
    private final Label name = new Label();
    private final Label description = new Label();
    private final Label origin = fixed(ORIGIN);
    private final Label size = fixed(SIZE);
    private final Label badge = new Label();
    private final HBox row;

    VolumeCell(VolumesViewModel volumes) {
        this.volumes = volumes;
        getStyleClass().add("volume-cell");
        description.getStyleClass().addAll("small-text", "muted");
        origin.getStyleClass().add("muted");
        size.getStyleClass().addAll("muted", "number");
        badge.getStyleClass().add("badge");
        VBox words = new VBox(name, description);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox last = new HBox(badge);
        last.setMinWidth(BADGE);
        last.setPrefWidth(BADGE);
        last.getStyleClass().add("number");
        row = new HBox(box, words, origin, size, last);
        row.getStyleClass().add("row");
        row.setPrefWidth(0);
        box.setFocusTraversable(false);
        box.setMouseTransparent(true);
        setOnMouseClicked(event -> toggle());
    }

    private static Label fixed(double width) {
        Label label = new Label();
        label.setMinWidth(width);
        label.setPrefWidth(width);
        label.setMaxWidth(width);
        return label;
    }

    static Region head(Texts texts) {
        Label name = new Label(texts.get("volumes.head.name"));
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label origin = fixed(ORIGIN);
        origin.setText(texts.get("volumes.head.origin"));
        Label size = fixed(SIZE);
        size.setText(texts.get("volumes.head.size"));
        size.getStyleClass().add("number");
        Label last = fixed(BADGE);
        HBox head = new HBox(name, origin, size, last);
        head.getStyleClass().add("volume-head");
        return head;
    }

    private void toggle() {
        Volume volume = getItem();
        if (volume != null) {
            volumes.toggle(volume);
            getListView().refresh();
        }
    }

    @Override
    protected void updateItem(@Nullable Volume volume, boolean empty) {
        super.updateItem(volume, empty);
        if (empty || volume == null) {
            setGraphic(null);
            setId(null);
            setDisable(false);
            pseudoClassStateChanged(VolumesStepView.CHOSEN, false);
            return;
        }
        String problem = volume.problem();
        boolean chosen = volumes.isChosen(volume.id());
        box.setSelected(chosen);
        name.setText(volume.name());
        description.setText(problem == null ? volume.description() : problem);
        origin.setText(volume.origin());
        Long bytes = volume.sizeBytes();
        size.setText(bytes == null ? "" : formats.bytes(bytes));
        showBadge(volumes.importance(volume.id()), problem != null);
        pseudoClassStateChanged(VolumesStepView.CHOSEN, chosen);
        setDisable(problem != null && !chosen);
        setId("volume-" + volume.id());
        setAccessibleText(volume.name() + ", " + description.getText());
        setGraphic(row);
    }

    private void showBadge(Optional<Importance> importance, boolean broken) {
        badge.getStyleClass().removeAll("green", "blue", "red");
        badge.setVisible(broken || importance.isPresent());
        if (broken) {
            badge.setText(texts.get("volumes.unavailable"));
            badge.getStyleClass().add("red");
        } else {
            importance.ifPresent(how -> {
                badge.setText(texts.of("importance", how));
                badge.getStyleClass().add(how == Importance.REQUIRED ? "blue" : "green");
            });
        }
    }
}
