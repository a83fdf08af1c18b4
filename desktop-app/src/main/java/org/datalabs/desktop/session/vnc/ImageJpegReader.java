package org.datalabs.desktop.session.vnc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/** Decodes with JavaFX's own JPEG reader, which works on any thread and needs no AWT. */
final class ImageJpegReader implements JpegReader {
    @Override
    public void read(byte[] picture, Framebuffer screen, Area area) throws IOException {
        Image image = new Image(new ByteArrayInputStream(picture));
        if (image.isError() || image.getWidth() < area.width() || image.getHeight() < area.height()) {
            throw new IOException("A JPEG rectangle is damaged.", image.getException());
        }
        image.getPixelReader()
                .getPixels(
                        0,
                        0,
                        area.width(),
                        area.height(),
                        PixelFormat.getIntArgbInstance(),
                        screen.pixels(),
                        area.y() * screen.width() + area.x(),
                        screen.width());
    }
}
