package org.datalabs.desktop.session.vnc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/**
 * Carries finished updates from the reader thread into an image on the FX thread. The reader copies what changed; the
 * FX thread uploads the union of what changed since its last pulse, so that a slow screen skips frames and never lags.
 */
final class FrameImage {
    private final Consumer<WritableImage> onImage;
    private final Object lock = new Object();
    private @Nullable IntBuffer front;
    private int width;
    private Area pending = Area.NONE;
    private boolean scheduled;
    private @Nullable PixelBuffer<IntBuffer> shown;
    private final AtomicLong presented = new AtomicLong();

    /** @param onImage hears of a new image on the FX thread */
    FrameImage(Consumer<WritableImage> onImage) {
        this.onImage = onImage;
    }

    /** Reader thread. */
    void resized(Framebuffer screen) {
        IntBuffer buffer = ByteBuffer.allocateDirect(screen.width() * screen.height() * 4)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        buffer.put(0, screen.pixels(), 0, screen.width() * screen.height());
        synchronized (lock) {
            front = buffer;
            width = screen.width();
            pending = Area.NONE;
        }
        Platform.runLater(() -> {
            PixelBuffer<IntBuffer> pixels =
                    new PixelBuffer<>(screen.width(), screen.height(), buffer, PixelFormat.getIntArgbPreInstance());
            shown = pixels;
            onImage.accept(new WritableImage(pixels));
        });
    }

    /** Reader thread. */
    void drawn(Framebuffer screen, Area changed) {
        synchronized (lock) {
            IntBuffer target = front;
            if (target == null || screen.width() != width) {
                return;
            }
            if (changed.width() == width) {
                int from = changed.y() * width;
                target.put(from, screen.pixels(), from, changed.height() * width);
            } else {
                for (int y = changed.y(); y < changed.y() + changed.height(); y++) {
                    int from = y * width + changed.x();
                    target.put(from, screen.pixels(), from, changed.width());
                }
            }
            pending = pending.union(changed);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        Platform.runLater(this::present);
    }

    private void present() {
        Area area;
        synchronized (lock) {
            area = pending;
            pending = Area.NONE;
            scheduled = false;
        }
        PixelBuffer<IntBuffer> pixels = shown;
        if (pixels != null && !area.isEmpty()) {
            pixels.updateBuffer(buffer -> new Rectangle2D(area.x(), area.y(), area.width(), area.height()));
            presented.incrementAndGet();
        }
    }

    /** How many updates the FX thread has taken up so far. */
    long presented() {
        return presented.get();
    }
}
