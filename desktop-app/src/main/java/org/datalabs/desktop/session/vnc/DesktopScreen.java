package org.datalabs.desktop.session.vnc;

import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Dimension2D;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.ImageCursor;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Draws the picture in the chosen scale and turns the pointer's events into remote ones. FX thread only. */
final class DesktopScreen extends StackPane {
    private static final Duration SETTLE = Duration.millis(250);
    private static final double NOTCH = 40;
    private static final int WHEEL_UP = 1 << 3;
    private static final int WHEEL_DOWN = 1 << 4;
    private static final int WHEEL_LEFT = 1 << 5;
    private static final int WHEEL_RIGHT = 1 << 6;

    /** Takes pointer events: buttons as RFB's mask, the place in remote pixels. */
    @FunctionalInterface
    interface PointerSink {
        void pointer(int buttons, int x, int y);
    }

    /** Asks the desktop for another size. */
    @FunctionalInterface
    interface SizeSink {
        void request(int width, int height);
    }

    private final ReadOnlyObjectProperty<ScaleMode> mode;
    private final PointerSink pointer;
    private final SizeSink sizes;
    private final FrameImage frames = new FrameImage(this::show);
    private final ImageView picture = new ImageView();
    private final StackPane surface = new StackPane(picture);
    private final ScrollPane scroll = new ScrollPane(surface);
    private final PauseTransition settled = new PauseTransition(SETTLE);
    private @Nullable Runnable onBell;
    private double wheelX;
    private double wheelY;

    DesktopScreen(ReadOnlyObjectProperty<ScaleMode> mode, PointerSink pointer, SizeSink sizes) {
        this.mode = mode;
        this.pointer = pointer;
        this.sizes = sizes;
        getStyleClass().add("desktop-screen");
        surface.getStyleClass().add("desktop-surface");
        surface.setFocusTraversable(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setFocusTraversable(false);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setMinSize(0, 0);
        picture.setPreserveRatio(true);
        picture.setCursor(Cursor.DEFAULT);
        getChildren().add(scroll);
        surface.addEventHandler(MouseEvent.ANY, this::mouse);
        surface.addEventHandler(ScrollEvent.SCROLL, this::wheel);
        scroll.viewportBoundsProperty().addListener(observable -> arrange());
        mode.addListener(observable -> arrange());
        settled.setOnFinished(event -> requestSizeIfWanted());
    }

    /** The node that takes the focus. */
    Node surface() {
        return surface;
    }

    FrameImage frames() {
        return frames;
    }

    long framesShown() {
        return frames.presented();
    }

    Dimension2D remoteSize() {
        Image image = picture.getImage();
        return image == null ? new Dimension2D(0, 0) : new Dimension2D(image.getWidth(), image.getHeight());
    }

    void setOnBell(Runnable action) {
        onBell = action;
    }

    void ring() {
        Runnable action = onBell;
        if (action != null) {
            action.run();
        }
    }

    void show(CursorShape shape) {
        if (shape.isEmpty()) {
            picture.setCursor(Cursor.NONE);
            return;
        }
        WritableImage image = new WritableImage(shape.width(), shape.height());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        shape.width(),
                        shape.height(),
                        PixelFormat.getIntArgbInstance(),
                        shape.argb(),
                        0,
                        shape.width());
        picture.setCursor(new ImageCursor(image, shape.hotX(), shape.hotY()));
    }

    void requestSizeIfWanted() {
        int width = (int) scroll.getViewportBounds().getWidth();
        int height = (int) scroll.getViewportBounds().getHeight();
        if (mode.get() == ScaleMode.RESIZE_REMOTE && width >= 64 && height >= 64) {
            sizes.request(width, height);
        }
    }

    void close() {
        settled.stop();
    }

    private void show(WritableImage image) {
        picture.setImage(image);
        arrange();
    }

    private void arrange() {
        boolean fit = mode.get() != ScaleMode.ACTUAL;
        scroll.setHbarPolicy(fit ? ScrollPane.ScrollBarPolicy.NEVER : ScrollPane.ScrollBarPolicy.AS_NEEDED);
        scroll.setVbarPolicy(fit ? ScrollPane.ScrollBarPolicy.NEVER : ScrollPane.ScrollBarPolicy.AS_NEEDED);
        double width = scroll.getViewportBounds().getWidth();
        double height = scroll.getViewportBounds().getHeight();
        Dimension2D remote = remoteSize();
        // Exactly the room's size is left unscaled: no filter blurs it or costs time.
        boolean exact = remote.getWidth() == width && remote.getHeight() == height;
        picture.setFitWidth(fit && !exact ? width : 0);
        picture.setFitHeight(fit && !exact ? height : 0);
        if (mode.get() == ScaleMode.RESIZE_REMOTE) {
            settled.playFromStart();
        }
    }

    private void mouse(MouseEvent event) {
        if (event.getEventType() == MouseEvent.MOUSE_PRESSED) {
            surface.requestFocus();
        }
        if (event.getEventType() == MouseEvent.MOUSE_PRESSED
                || event.getEventType() == MouseEvent.MOUSE_RELEASED
                || event.getEventType() == MouseEvent.MOUSE_MOVED
                || event.getEventType() == MouseEvent.MOUSE_DRAGGED) {
            send(buttons(event), event.getSceneX(), event.getSceneY());
            event.consume();
        }
    }

    /** The state after the event, as RFB wants it. */
    private static int buttons(MouseEvent event) {
        int mask = (event.isPrimaryButtonDown() ? 1 : 0)
                | (event.isMiddleButtonDown() ? 2 : 0)
                | (event.isSecondaryButtonDown() ? 4 : 0);
        int own = bit(event.getButton());
        if (event.getEventType() == MouseEvent.MOUSE_PRESSED) {
            return mask | own;
        }
        return event.getEventType() == MouseEvent.MOUSE_RELEASED ? mask & ~own : mask;
    }

    private static int bit(MouseButton button) {
        return switch (button) {
            case PRIMARY -> 1;
            case MIDDLE -> 2;
            case SECONDARY -> 4;
            default -> 0;
        };
    }

    private void wheel(ScrollEvent event) {
        wheelX += event.getDeltaX();
        wheelY += event.getDeltaY();
        wheelY = notches(wheelY, WHEEL_UP, WHEEL_DOWN, event);
        wheelX = notches(wheelX, WHEEL_LEFT, WHEEL_RIGHT, event);
        event.consume();
    }

    private double notches(double distance, int positive, int negative, ScrollEvent event) {
        double left = distance;
        while (Math.abs(left) >= NOTCH) {
            send(left > 0 ? positive : negative, event.getSceneX(), event.getSceneY());
            send(0, event.getSceneX(), event.getSceneY());
            left -= Math.signum(left) * NOTCH;
        }
        return left;
    }

    private void send(int buttons, double sceneX, double sceneY) {
        Dimension2D remote = remoteSize();
        if (remote.getWidth() == 0) {
            return;
        }
        Point2D at = picture.sceneToLocal(sceneX, sceneY);
        double scaleX = remote.getWidth() / picture.getLayoutBounds().getWidth();
        double scaleY = remote.getHeight() / picture.getLayoutBounds().getHeight();
        pointer.pointer(buttons, (int) Math.max(0, Math.min(remote.getWidth() - 1, at.getX() * scaleX)), (int)
                Math.max(0, Math.min(remote.getHeight() - 1, at.getY() * scaleY)));
    }
}
