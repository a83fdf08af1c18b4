package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** Draws a JPEG picture into an area of the screen. */
@FunctionalInterface
interface JpegReader {
    /**
     * Draws the picture's upper left part.
     *
     * @throws IOException the picture is damaged or smaller than the area
     */
    void read(byte[] picture, Framebuffer screen, Area area) throws IOException;
}
