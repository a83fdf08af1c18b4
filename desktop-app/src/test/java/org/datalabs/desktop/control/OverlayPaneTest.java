package org.datalabs.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.datalabs.desktop.window.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverlayPaneTest {
    private final TestWindow window = new TestWindow();

    @AfterEach
    void closeWindow() {
        window.close();
    }

    @Test
    void keepsTheDialogThatAClosedOneLedTo() {
        window.run(() -> window.appearance().reducedProperty().set(false));
        AtomicBoolean closed = new AtomicBoolean();
        window.run(() -> window.overlay().show(dialog("First"), () -> {}));
        window.untilShown("First");

        CompletableFuture<Void> faded = window.call(() -> {
            window.overlay().close();
            window.overlay().show(dialog("Second"), () -> closed.set(true));
            return afterFading();
        });

        window.until(faded::isDone);
        assertThat(window.call(window.overlay()::isShowing)).isTrue();
        assertThat(closed).isFalse();
        window.click("Second");
    }

    /** Done when what began to fade now has come to its end. */
    private CompletableFuture<Void> afterFading() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        PauseTransition pause =
                new PauseTransition(window.appearance().popover().multiply(2));
        pause.setOnFinished(event -> done.complete(null));
        pause.play();
        return done;
    }

    private static StackPane dialog(String action) {
        return new StackPane(new Button(action));
    }
}
