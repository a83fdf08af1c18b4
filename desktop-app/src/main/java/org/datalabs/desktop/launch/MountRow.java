package org.datalabs.desktop.launch;

import atlantafx.base.controls.ToggleSwitch;
import javafx.css.PseudoClass;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.octicons.Octicons;

/** Where a chosen volume appears. */
final class MountRow extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final double NAME = 132;
    private static final double SWITCH = 96;

    private final MountChoice choice;
    private final Texts texts = Texts.of(MountRow.class);
    private final TextField path = new TextField();
    private final Label error = new Label();
    private final Hyperlink suggestion = new Hyperlink();
    private final HBox below;

    MountRow(MountChoice choice, VolumesViewModel volumes) {
        this.choice = choice;
        String id = choice.volume().id().value();
        String volume = choice.volume().name();
        getStyleClass().add("mount-row");
        Label name = new Label(volume);
        name.setMinWidth(NAME);
        name.setMaxWidth(NAME);
        path.setId("mount-path-" + id);
        path.getStyleClass().add("mono");
        path.setAccessibleText(texts.get("mount.path", volume));
        path.textProperty().bindBidirectional(choice.pathProperty());
        HBox.setHgrow(path, Priority.ALWAYS);
        IconButton remove = new IconButton(Octicons.X_16, texts.get("mount.remove", volume));
        remove.setId("mount-remove-" + id);
        remove.setOnAction(event -> volumes.remove(choice.volume().id()));
        HBox line = new HBox(name, path, readOnly(id, volume), remove);
        line.getStyleClass().add("line");
        error.getStyleClass().addAll("hint", "error");
        suggestion.setId("mount-suggestion-" + id);
        suggestion.getStyleClass().add("small-text");
        suggestion.setOnAction(event -> volumes.takeSuggestion(choice));
        below = new HBox(error, suggestion);
        below.getStyleClass().add("mount-error");
        getChildren().addAll(line, below);
        refresh();
    }

    private HBox readOnly(String id, String volume) {
        ToggleSwitch readOnly = new ToggleSwitch();
        readOnly.setId("mount-readonly-" + id);
        readOnly.setAccessibleText(texts.get("mount.readonly", volume));
        readOnly.setSelected(choice.readOnlyProperty().get());
        readOnly.setDisable(choice.alwaysReadOnly());
        Label words = new Label();
        words.getStyleClass().addAll("small-text", "muted");
        readOnly.selectedProperty().subscribe(on -> {
            choice.readOnlyProperty().set(on);
            words.setText(texts.get(choice.alwaysReadOnly() ? "readonly.always" : on ? "readonly.on" : "readonly.off"));
        });
        HBox cell = new HBox(readOnly, words);
        cell.getStyleClass().add("line");
        cell.setMinWidth(SWITCH);
        cell.setPrefWidth(SWITCH);
        return cell;
    }

    MountChoice choice() {
        return choice;
    }

    void refresh() {
        String message = choice.errorProperty().get();
        String offer = choice.suggestionProperty().get();
        path.pseudoClassStateChanged(REFUSED, !message.isEmpty());
        error.setText(offer.isEmpty() ? message : texts.get("mount.try", message));
        suggestion.setText(offer);
        Shown.when(suggestion, !offer.isEmpty());
        Shown.when(below, !message.isEmpty());
    }
}
