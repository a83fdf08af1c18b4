package org.datalabs.desktop.control;

import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** A message across the page: icon, title, text, at most one action. */
public final class Banner extends HBox {
    private final Label title = new Label();
    private final Label text = new Label();
    private final VBox words = new VBox(title, text);
    private final Button button = new Button();

    public Banner(Tone tone) {
        this(tone, tone.icon());
    }

    public Banner(Tone tone, Ikon ikon) {
        getStyleClass().addAll("banner", tone.name().toLowerCase(Locale.ROOT));
        title.getStyleClass().add("semi");
        title.setWrapText(true);
        text.getStyleClass().add("wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        words.setMinHeight(USE_PREF_SIZE);
        button.getStyleClass().add("small");
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(new FontIcon(ikon), words);
    }

    public void show(String newTitle, String newText, @Nullable Action action) {
        title.setText(newTitle);
        text.setText(newText);
        Shown.when(text, !newText.isEmpty());
        getChildren().remove(button);
        if (action != null) {
            button.setText(action.label());
            button.setOnAction(event -> action.run().run());
            button.setMinWidth(USE_PREF_SIZE);
            getChildren().add(button);
        }
    }
}
