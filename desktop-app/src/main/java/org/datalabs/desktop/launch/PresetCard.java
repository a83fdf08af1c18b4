package org.datalabs.desktop.launch;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.desktop.i18n.Formats;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** A named choice of resources; locked with its reason when it cannot be had. */
final class PresetCard extends ToggleButton {
    private static final PseudoClass LOCKED = PseudoClass.getPseudoClass("locked");

    private final Label note = new Label();
    private final FontIcon mark = new FontIcon(Octicons.CHECK_CIRCLE_FILL_16);
    private final String praise;

    /** @param praise for what the preset is good */
    PresetCard(ResourcePreset preset, String praise) {
        this.praise = praise;
        Formats formats = new Formats();
        getStyleClass().add("preset");
        setId("preset-" + preset.id());
        Label name = new Label(preset.name());
        name.getStyleClass().add("semi");
        BorderPane head = new BorderPane();
        head.setLeft(name);
        head.setRight(mark);
        Label amount = new Label(formats.resources(preset.resources()));
        amount.setWrapText(true);
        note.getStyleClass().addAll("small-text", "note", "wrapped");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        VBox content = new VBox(head, amount, note);
        content.getStyleClass().add("content");
        content.setFillWidth(true);
        content.prefWidthProperty().bind(widthProperty().subtract(26));
        setGraphic(content);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setAlignment(Pos.TOP_LEFT);
        setMaxWidth(Double.MAX_VALUE);
        setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        setAccessibleText(name.getText() + ", " + amount.getText());
    }

    /** @param reason why it cannot be chosen, or null */
    void show(boolean chosen, @Nullable String reason) {
        setSelected(chosen);
        setDisable(reason != null && !chosen);
        mark.setIconCode(reason == null ? Octicons.CHECK_CIRCLE_FILL_16 : Octicons.LOCK_16);
        mark.setVisible(chosen || reason != null);
        note.setText(reason == null ? praise : reason);
        note.pseudoClassStateChanged(LOCKED, reason != null);
        setAccessibleHelp(note.getText());
    }
}
