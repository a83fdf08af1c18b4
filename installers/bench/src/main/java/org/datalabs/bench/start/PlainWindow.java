package org.datalabs.bench.start;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.concurrent.Worker;
import javafx.scene.Scene;
import javafx.scene.web.WebView;
import javafx.stage.Stage;

/**
 * A window with nothing but a WebView that shows a small page: the yardstick. Prints when the page had been loaded and
 * painted. With the argument {@code end} it ends then by itself.
 */
public final class PlainWindow {
    private static final int PULSES_TO_PAINT = 2;

    private PlainWindow() {}

    public static void main(String[] arguments) {
        boolean end = arguments.length > 0;
        Platform.startup(() -> open(end));
    }

    private static void open(boolean end) {
        WebView view = new WebView();
        Stage stage = new Stage();
        stage.setScene(new Scene(view, 1440, 900));
        view.getEngine().getLoadWorker().stateProperty().subscribe(state -> {
            if (state == Worker.State.SUCCEEDED) {
                sayWhenPainted(end);
            }
        });
        view.getEngine().loadContent("<!DOCTYPE html><title>Plain</title><h1>A page</h1><p>With a sentence.</p>");
        stage.show();
    }

    private static void sayWhenPainted(boolean end) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                if (++pulses > PULSES_TO_PAINT) {
                    stop();
                    System.out.println("interactive " + System.nanoTime());
                    if (end) {
                        Platform.exit();
                    }
                }
            }
        }.start();
    }
}
