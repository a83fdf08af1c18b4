package org.datalabs.desktop.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.datalabs.desktop.control.OverlayPane;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Scheme;
import org.datalabs.desktop.theme.Theme;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A window of 1440 by 900 with the app's theme, dialogs and toasts, driven by mouse and keyboard. With the system property
 * {@code datalabs.pictures} naming a folder, {@link #picture} saves there what the window shows.
 */
public final class TestWindow implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final Appearance appearance = new Appearance();
    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final OverlayPane overlay;
    private final StackPane content = new StackPane();

    public TestWindow() {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        appearance.reducedProperty().set(true);
        overlay = call(() -> new OverlayPane(content, appearance));
        stage = call(this::open);
    }

    private Stage open() {
        Stage window = new Stage();
        Scene scene = new Scene(overlay, 1440, 900);
        new Theme(appearance).dress(scene);
        window.setScene(scene);
        window.show();
        window.setWidth(1440);
        window.setHeight(900);
        window.requestFocus();
        return window;
    }

    /** Gives the window's content another size, in pixels. */
    public void resize(double width, double height) {
        run(() -> {
            stage.setWidth(width + stage.getWidth() - stage.getScene().getWidth());
            stage.setHeight(height + stage.getHeight() - stage.getScene().getHeight());
        });
        until(() -> stage.getScene().getWidth() == width && stage.getScene().getHeight() == height);
    }

    public OverlayPane overlay() {
        return overlay;
    }

    public Appearance appearance() {
        return appearance;
    }

    public FxRobot robot() {
        return robot;
    }

    /** Makes the content on the JavaFX thread and shows it. */
    public <T extends Node> T show(Function<OverlayPane, T> maker) {
        T node = call(() -> maker.apply(overlay));
        run(() -> content.getChildren().setAll(node));
        return node;
    }

    public void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    public <T> T call(Callable<T> action) {
        T result = WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000, action);
        WaitForAsyncUtils.waitForFxEvents();
        return result;
    }

    /** Waits until {@code condition}, asked on the JavaFX thread, holds. */
    public void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> call(condition::getAsBoolean));
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + Duration.ofSeconds(PATIENCE_SECONDS), e);
        }
    }

    /** Waits until a node that matches is visible. */
    public void untilShown(String query) {
        until(() -> robot.lookup(query).queryAll().stream().anyMatch(TestWindow::isShown));
    }

    public void untilGone(String query) {
        until(() -> robot.lookup(query).queryAll().stream().noneMatch(TestWindow::isShown));
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    /** Clicks a node once it is shown. */
    public void click(String query) {
        untilShown(query);
        robot.clickOn(query);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Saves the window in both colours when pictures are wanted. */
    public void picture(String name) {
        String folder = System.getProperty("datalabs.pictures", "");
        if (!folder.isEmpty()) {
            save(Path.of(folder, name + ".png"));
            run(() -> appearance.schemeProperty().set(Scheme.DARK));
            save(Path.of(folder, name + "-dark.png"));
            run(() -> appearance.schemeProperty().set(Scheme.LIGHT));
        }
    }

    private void save(Path file) {
        WritableImage image = call(() -> {
            Parent root = overlay;
            root.applyCss();
            root.layout();
            return stage.getScene().snapshot(null);
        });
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run(stage::close);
    }
}
