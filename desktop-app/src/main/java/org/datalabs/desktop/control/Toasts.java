package org.datalabs.desktop.control;

import java.util.Locale;
import javafx.animation.FadeTransition;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.Motion;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The corner with the toasts, at most three at a time; the pointer on one keeps it. */
final class Toasts extends VBox implements ToastHost {
    private static final int MOST = 3;
    private static final Duration SHOWN = Duration.seconds(6);
    private static final Duration SHOWN_WITH_ACTION = Duration.seconds(10);

    private final Texts texts = Texts.of(Toasts.class);
    private final Motion motion;

    Toasts(Motion motion) {
        this.motion = motion;
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        StackPane.setAlignment(this, Pos.BOTTOM_RIGHT);
    }

    @Override
    public void show(Toast toast) {
        HBox card = new HBox();
        card.getStyleClass().addAll("toast", toast.tone().name().toLowerCase(Locale.ROOT));
        Label title = new Label(toast.title());
        title.setWrapText(true);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        card.getChildren().addAll(new FontIcon(toast.tone().icon()), title);
        Action action = toast.action();
        if (action != null) {
            Button button = new Button(action.label());
            button.getStyleClass().add("small");
            button.setMinWidth(USE_PREF_SIZE);
            button.setOnAction(event -> {
                getChildren().remove(card);
                action.run().run();
            });
            card.getChildren().add(button);
        }
        IconButton close = new IconButton(Octicons.X_16, texts.get("toast.close", toast.title()));
        close.setOnAction(event -> getChildren().remove(card));
        card.getChildren().add(close);
        while (getChildren().size() >= MOST) {
            getChildren().remove(0);
        }
        getChildren().add(card);
        fadeIn(card);
        goByItself(card, action == null ? SHOWN : SHOWN_WITH_ACTION);
    }

    private void fadeIn(HBox card) {
        FadeTransition fade = new FadeTransition(motion.popover(), card);
        fade.setFromValue(0);
        fade.setToValue(1);
        fade.play();
    }

    private void goByItself(HBox card, Duration after) {
        PauseTransition wait = new PauseTransition(after);
        wait.setOnFinished(event -> getChildren().remove(card));
        card.hoverProperty().subscribe(held -> {
            if (held) {
                wait.stop();
            } else {
                wait.playFromStart();
            }
        });
    }
}
