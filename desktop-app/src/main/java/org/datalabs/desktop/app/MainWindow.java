package org.datalabs.desktop.app;

import java.time.Clock;
import java.time.Instant;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.datalabs.desktop.control.OverlayPane;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Theme;
import org.datalabs.desktop.view.Browser;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.jspecify.annotations.Nullable;

/** The app's window. */
final class MainWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 680;

    private final Screens screens = new Screens();
    private final Scene scene;
    private final Shell shell;
    private final ScreenContext context;

    /** Names the screens of the app. */
    interface ScreenList {
        void addTo(Screens screens, ScreenContext context);
    }

    /**
     * @param now the time, once a second
     * @param version of the app, or null when it was not packaged
     */
    MainWindow(
            Datazones datazones,
            Appearance appearance,
            Browser browser,
            Clock clock,
            ObservableValue<Instant> now,
            @Nullable String version,
            ScreenList list) {
        BorderPane frame = new BorderPane();
        OverlayPane overlay = new OverlayPane(frame, appearance);
        context = new ScreenContext(
                datazones,
                new History(new Place.Catalogue(), screens::has),
                overlay,
                overlay.popovers(),
                overlay.toasts(),
                new Notices(),
                browser,
                appearance,
                clock,
                now);
        list.addTo(screens, context);
        scene = new Scene(overlay, WIDTH, HEIGHT);
        new Theme(appearance).dress(scene);
        shell = new Shell(context, screens, appearance, overlay, frame, version);
    }

    ScreenContext context() {
        return context;
    }

    /** Shows the window in {@code stage}. */
    void show(Stage stage, String title) {
        stage.setTitle(title);
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        shell.attach(stage, scene);
        stage.show();
        shell.takeFocus();
        Platform.runLater(() -> enlarge(stage));
    }

    /** Some window managers, and the lack of one, open the window at its smallest whatever its scene wants. */
    private static void enlarge(Stage stage) {
        Rectangle2D room = Screen.getPrimary().getVisualBounds();
        stage.setWidth(Math.max(LEAST_WIDTH, Math.min(WIDTH, room.getWidth())));
        stage.setHeight(Math.max(LEAST_HEIGHT, Math.min(HEIGHT, room.getHeight())));
    }
}
