package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** The encodings without state: Raw, CopyRect and RRE (RFC 6143, 7.7.1 to 7.7.3). */
final class PlainDecoders {
    private PlainDecoders() {}

    static void raw(RfbInput in, Framebuffer screen, Area area) throws IOException {
        byte[] row = new byte[area.width() * 4];
        for (int y = 0; y < area.height(); y++) {
            in.read(row, 0, row.length);
            screen.setRow(area.x(), area.y() + y, area.width(), row);
        }
    }

    static void copyRect(RfbInput in, Framebuffer screen, Area area) throws IOException {
        int x = in.u16();
        int y = in.u16();
        screen.requireInside(x, y, area.width(), area.height());
        screen.copy(x, y, area.x(), area.y(), area.width(), area.height());
    }

    static void rre(RfbInput in, Framebuffer screen, Area area) throws IOException {
        int count = in.count(area.width() * area.height(), "list of rectangles");
        screen.fill(area.x(), area.y(), area.width(), area.height(), in.pixel());
        for (int i = 0; i < count; i++) {
            int colour = in.pixel();
            int x = area.x() + in.u16();
            int y = area.y() + in.u16();
            int w = in.u16();
            int h = in.u16();
            screen.requireInside(x, y, w, h);
            screen.fill(x, y, w, h, colour);
        }
    }
}
