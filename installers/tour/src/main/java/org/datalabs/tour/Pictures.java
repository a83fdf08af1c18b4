package org.datalabs.tour;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import javafx.stage.Screen;
import javax.imageio.ImageIO;

/** Saves what the screen shows, one numbered PNG for each step. */
final class Pictures {
    private static final Duration RESTLESS = Duration.ofSeconds(3);

    private final Path folder;
    private int taken;

    Pictures(Path folder) {
        this.folder = folder;
    }

    /** Saves the whole screen as {@code NN-name.png} once it rests, or as it is when it does not. */
    void take(String name) {
        save(name, resting());
    }

    /** Saves the whole screen as it is after the next frames: what it shows will not last. */
    void takeNow(String name) {
        save(name, Waiting.onNextFrames(Pictures::capture));
    }

    private void save(String name, Capture capture) {
        taken++;
        Path file = folder.resolve(String.format(Locale.ROOT, "%02d-%s.png", taken, name));
        BufferedImage image = new BufferedImage(capture.width(), capture.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, capture.width(), capture.height(), capture.pixels().array(), 0, capture.width());
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException("The picture " + file + " could not be saved.", failure);
        }
    }

    private static Capture resting() {
        long end = System.nanoTime() + RESTLESS.toNanos();
        IntBuffer last = IntBuffer.allocate(0);
        while (true) {
            Capture capture = Waiting.onNextFrames(Pictures::capture);
            if (last.equals(capture.pixels()) || System.nanoTime() > end) {
                return capture;
            }
            last = capture.pixels();
        }
    }

    private static Capture capture() {
        Rectangle2D bounds = Screen.getPrimary().getBounds();
        WritableImage screen = new Robot().getScreenCapture(null, bounds);
        int width = (int) screen.getWidth();
        int height = (int) screen.getHeight();
        int[] pixels = new int[width * height];
        screen.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return new Capture(width, height, IntBuffer.wrap(pixels));
    }

    /** What the screen showed: opaque colours row by row. */
    private record Capture(int width, int height, IntBuffer pixels) {}
}
