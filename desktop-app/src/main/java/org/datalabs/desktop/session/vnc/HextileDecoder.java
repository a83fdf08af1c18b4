package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** Hextile (RFC 6143, 7.7.4): tiles of 16 × 16 pixels. */
final class HextileDecoder implements RectangleDecoder {
    private static final int RAW = 1;
    private static final int BACKGROUND = 2;
    private static final int FOREGROUND = 4;
    private static final int SUBRECTANGLES = 8;
    private static final int COLOURED = 16;

    @Override
    public void decode(RfbInput in, Framebuffer screen, Area area) throws IOException {
        byte[] row = new byte[16 * 4];
        int background = 0xff000000;
        int foreground = 0xff000000;
        for (int ty = 0; ty < area.height(); ty += 16) {
            int h = Math.min(16, area.height() - ty);
            for (int tx = 0; tx < area.width(); tx += 16) {
                int w = Math.min(16, area.width() - tx);
                int x = area.x() + tx;
                int y = area.y() + ty;
                int kind = in.u8();
                if ((kind & RAW) != 0) {
                    for (int i = 0; i < h; i++) {
                        in.read(row, 0, w * 4);
                        screen.setRow(x, y + i, w, row);
                    }
                    continue;
                }
                if ((kind & BACKGROUND) != 0) {
                    background = in.pixel();
                }
                if ((kind & FOREGROUND) != 0) {
                    foreground = in.pixel();
                }
                screen.fill(x, y, w, h, background);
                if ((kind & SUBRECTANGLES) != 0) {
                    subrectangles(in, screen, new Area(x, y, w, h), (kind & COLOURED) != 0, foreground);
                }
            }
        }
    }

    private static void subrectangles(RfbInput in, Framebuffer screen, Area tile, boolean coloured, int foreground)
            throws IOException {
        int count = in.u8();
        for (int i = 0; i < count; i++) {
            int colour = coloured ? in.pixel() : foreground;
            int at = in.u8();
            int size = in.u8();
            int x = at >> 4;
            int y = at & 15;
            int w = (size >> 4) + 1;
            int h = (size & 15) + 1;
            if (x + w > tile.width() || y + h > tile.height()) {
                throw new IOException("A hextile rectangle leaves its tile.");
            }
            screen.fill(tile.x() + x, tile.y() + y, w, h, colour);
        }
    }
}
