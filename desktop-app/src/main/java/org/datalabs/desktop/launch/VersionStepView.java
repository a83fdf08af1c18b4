package org.datalabs.desktop.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.datalabs.core.catalogue.Version;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The wizard's step of the version. */
final class VersionStepView implements WizardPart {
    private static final double PADDING = 26;

    private final LaunchWizardViewModel wizard;
    private final Texts texts = Texts.of(VersionStepView.class);
    private final Formats formats = new Formats();
    private final Map<Version, ToggleButton> cards = new LinkedHashMap<>();
    private final Map<Version, FontIcon> marks = new LinkedHashMap<>();
    private final Label error = new Label();
    private final VBox node;

    VersionStepView(LaunchWizardViewModel wizard) {
        this.wizard = wizard;
        Label title = new Label(texts.get("version.title"));
        title.getStyleClass().add("t2");
        Label hint = new Label(texts.get("version.hint"));
        hint.getStyleClass().addAll("small-text", "muted");
        VBox list = new VBox();
        list.getStyleClass().add("versions");
        wizard.datalab().versions().forEach(version -> list.getChildren().add(card(version)));
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        error.getStyleClass().addAll("hint", "error");
        node = new VBox(WizardLayout.spread(title, hint), scroll, error);
        node.getStyleClass().addAll("wizard-step", "version-step");
    }

    private Node card(Version version) {
        Label name = new Label(version.name());
        name.getStyleClass().add("semi");
        HBox head = new HBox(name);
        head.getStyleClass().add("line");
        badge(version).ifPresent(badge -> head.getChildren().add(badge));
        HBox space = new HBox();
        HBox.setHgrow(space, Priority.ALWAYS);
        FontIcon mark = new FontIcon(Octicons.CHECK_CIRCLE_FILL_16);
        head.getChildren().addAll(space, mark);
        Label released = new Label(texts.get("version.released", formats.day(version.released())));
        released.getStyleClass().addAll("small-text", "muted");
        Label notes = new Label(plain(version.notes()));
        notes.getStyleClass().addAll("small-text", "wrapped");
        notes.setWrapText(true);
        VBox content = new VBox(head, released, notes);
        content.getStyleClass().add("content");
        ToggleButton card = new ToggleButton(null, content);
        card.getStyleClass().addAll("preset", "version-card");
        card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        card.setMaxWidth(Double.MAX_VALUE);
        card.setMinWidth(0);
        content.prefWidthProperty().bind(card.widthProperty().subtract(PADDING));
        // A button measures its graphic without a width, and wrapped words are then as tall as they can get.
        notes.minWidthProperty().bind(Bindings.max(0, card.widthProperty().subtract(PADDING)));
        card.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        card.setAccessibleText(version.name());
        card.setOnAction(event -> {
            wizard.versionProperty().set(version);
            refresh();
        });
        cards.put(version, card);
        marks.put(version, mark);
        return card;
    }

    private Optional<Label> badge(Version version) {
        if (version.deprecated()) {
            return Optional.of(badge(texts.get("badge.deprecated"), "yellow"));
        }
        return version.equals(wizard.datalab().currentVersion())
                ? Optional.of(badge(texts.get("badge.current"), "green"))
                : Optional.empty();
    }

    private static Label badge(String words, String tint) {
        Label badge = new Label(words);
        badge.getStyleClass().addAll("badge", tint);
        return badge;
    }

    private static String plain(String markdown) {
        return TextContentRenderer.builder()
                .build()
                .render(Parser.builder().build().parse(markdown))
                .strip();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        Version chosen = wizard.versionProperty().get();
        cards.forEach((version, card) -> {
            card.setSelected(version.equals(chosen));
            FontIcon mark = marks.get(version);
            if (mark != null) {
                mark.setVisible(version.equals(chosen));
            }
        });
        String refusal = wizard.verdictProperty().get().error("version").orElse("");
        error.setText(refusal);
    }
}
