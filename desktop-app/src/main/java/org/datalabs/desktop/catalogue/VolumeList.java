package org.datalabs.desktop.catalogue;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.ScreenContext;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The volumes that a datalab wants: which, how much, where they appear. */
final class VolumeList extends VBox {
    private final Texts texts = Texts.of(VolumeList.class);

    VolumeList(ScreenContext context, List<DeclaredVolume> wanted) {
        getStyleClass().add("volume-list");
        List<Volume> present = context.datazones().currentProperty().get().volumes();
        wanted.forEach(volume -> getChildren().add(line(volume, find(present, volume))));
    }

    private static Optional<Volume> find(List<Volume> present, DeclaredVolume wanted) {
        return present.stream()
                .filter(volume -> volume.id().equals(wanted.volume()))
                .findFirst();
    }

    private Node line(DeclaredVolume wanted, Optional<Volume> volume) {
        StackPane tile = new StackPane(new FontIcon(Octicons.DATABASE_16));
        tile.getStyleClass().addAll("tile", "medium", "gray");
        Label name = new Label(volume.map(Volume::name).orElse(wanted.volume().value()));
        name.getStyleClass().add("med");
        Label about = new Label(volume.map(Volume::description).orElseGet(() -> texts.get("volume.absent")));
        about.getStyleClass().addAll("small-text", "muted");
        about.setWrapText(true);
        about.setMinHeight(USE_PREF_SIZE);
        VBox words = new VBox(name, about);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Label importance = new Label(texts.of("volume", wanted.importance()));
        importance.getStyleClass().addAll("small-text", "muted");
        Label path = new Label(wanted.path());
        path.getStyleClass().add("mono");
        VBox end = new VBox(importance, path);
        end.setAlignment(Pos.CENTER_RIGHT);
        end.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(tile, words, end);
        line.getStyleClass().add("volume");
        return line;
    }
}
