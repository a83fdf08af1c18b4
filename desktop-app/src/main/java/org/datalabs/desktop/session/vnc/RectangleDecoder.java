package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** Reads one rectangle of an encoding into the framebuffer. Keeps state (zlib streams) for one connection only. */
@FunctionalInterface
interface RectangleDecoder {
    /**
     * Reads one rectangle.
     *
     * @param area lies inside the framebuffer
     * @throws IOException the bytes break the encoding, or the connection ended
     */
    void decode(RfbInput in, Framebuffer screen, Area area) throws IOException;
}
