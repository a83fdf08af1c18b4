package org.datalabs.desktop.view;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.datalabs.desktop.control.Action;

/** A drawing, a title, a text, and what to do. */
final class BlankPane extends VBox {
    private static final double WIDTH = 380;
    private static final double BUTTON_GAP = 8;

    BlankPane(ViewState.Empty empty) {
        this(EmptyDrawing.of(empty.drawing()), empty.title(), empty.text(), empty.actions());
    }

    BlankPane(ViewState.Broken broken) {
        this(
                EmptyDrawing.of(ViewState.Drawing.DISCONNECTED),
                broken.title(),
                broken.problem().text(),
                broken.actions());
        Label code = new Label(broken.problem().code().label());
        code.getStyleClass().addAll("mono", "muted");
        getChildren().add(code);
    }

    private BlankPane(Node drawing, String title, String text, List<Action> actions) {
        getStyleClass().add("blank");
        setAlignment(Pos.CENTER);
        Label heading = new Label(title);
        heading.getStyleClass().add("t3");
        heading.setWrapText(true);
        heading.setTextAlignment(TextAlignment.CENTER);
        Label words = new Label(text);
        words.getStyleClass().addAll("muted", "wrapped");
        words.setWrapText(true);
        words.setTextAlignment(TextAlignment.CENTER);
        words.setMaxWidth(WIDTH);
        words.setMinHeight(USE_PREF_SIZE);
        FlowPane buttons = new FlowPane(BUTTON_GAP, BUTTON_GAP);
        buttons.setAlignment(Pos.CENTER);
        for (Action action : actions) {
            Button button = new Button(action.label());
            button.setOnAction(event -> action.run().run());
            if (buttons.getChildren().isEmpty()) {
                button.getStyleClass().add("accent");
            }
            buttons.getChildren().add(button);
        }
        getChildren().addAll(drawing, heading, words, buttons);
    }
}
