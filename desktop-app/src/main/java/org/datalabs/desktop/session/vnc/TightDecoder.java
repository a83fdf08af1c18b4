package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** Tight (RFB registry, encoding 7): fill, JPEG, and four zlib streams with copy, palette and gradient filters. */
final class TightDecoder implements RectangleDecoder, AutoCloseable {
    private static final int SMALLEST_PACKED = 12;
    private static final int MAX_PACKED = 1 << 22;

    private final ZlibStream[] streams = {new ZlibStream(), new ZlibStream(), new ZlibStream(), new ZlibStream()};
    private final JpegReader jpeg;
    private final int[] palette = new int[256];
    private byte[] plain = new byte[1 << 16];

    TightDecoder(JpegReader jpeg) {
        this.jpeg = jpeg;
    }

    @Override
    public void decode(RfbInput in, Framebuffer screen, Area area) throws IOException {
        int control = in.u8();
        for (int i = 0; i < 4; i++) {
            if ((control >> i & 1) != 0) {
                streams[i].reset();
            }
        }
        int kind = control >> 4;
        if (kind == 8) {
            int red = in.u8();
            int green = in.u8();
            screen.fill(area.x(), area.y(), area.width(), area.height(), rgb(red, green, in.u8()));
        } else if (kind == 9) {
            jpeg.read(in.bytes(compactLength(in)), screen, area);
        } else if (kind < 8) {
            basic(in, screen, area, streams[kind & 3], (kind & 4) != 0 ? in.u8() : 0);
        } else {
            throw new IOException("Unknown Tight rectangle " + kind + ".");
        }
    }

    private void basic(RfbInput in, Framebuffer screen, Area area, ZlibStream stream, int filter) throws IOException {
        int w = area.width();
        int h = area.height();
        if (filter == 0) {
            load(in, stream, w * h * 3);
            direct(screen, area);
        } else if (filter == 1) {
            int colours = in.u8() + 1;
            for (int i = 0; i < colours; i++) {
                int red = in.u8();
                int green = in.u8();
                palette[i] = rgb(red, green, in.u8());
            }
            load(in, stream, colours <= 2 ? (w + 7) / 8 * h : w * h);
            indexed(screen, area, colours <= 2);
        } else if (filter == 2) {
            load(in, stream, w * h * 3);
            gradient(screen, area);
        } else {
            throw new IOException("Unknown Tight filter " + filter + ".");
        }
    }

    private void load(RfbInput in, ZlibStream stream, int length) throws IOException {
        if (plain.length < length) {
            plain = new byte[length];
        }
        if (length < SMALLEST_PACKED) {
            in.read(plain, 0, length);
        } else {
            stream.supply(in, compactLength(in));
            stream.read(plain, 0, length);
        }
    }

    private void direct(Framebuffer screen, Area area) {
        int[] pixels = screen.pixels();
        byte[] from = plain;
        int p = 0;
        for (int y = 0; y < area.height(); y++) {
            int at = (area.y() + y) * screen.width() + area.x();
            for (int end = at + area.width(); at < end; at++, p += 3) {
                pixels[at] = rgb(from[p] & 0xff, from[p + 1] & 0xff, from[p + 2] & 0xff);
            }
        }
    }

    private void indexed(Framebuffer screen, Area area, boolean mono) {
        int[] pixels = screen.pixels();
        int stride = mono ? (area.width() + 7) / 8 : area.width();
        for (int y = 0; y < area.height(); y++) {
            int at = (area.y() + y) * screen.width() + area.x();
            int row = y * stride;
            for (int x = 0; x < area.width(); x++) {
                int index = mono ? (plain[row + (x >> 3)] >> (7 - (x & 7))) & 1 : plain[row + x] & 0xff;
                pixels[at + x] = palette[index];
            }
        }
    }

    private void gradient(Framebuffer screen, Area area) {
        int[] pixels = screen.pixels();
        int w = area.width();
        int[] above = new int[(w + 1) * 3];
        int[] row = new int[(w + 1) * 3];
        int p = 0;
        for (int y = 0; y < area.height(); y++) {
            int at = (area.y() + y) * screen.width() + area.x();
            for (int x = 0; x < w; x++) {
                int colour = 0xff;
                for (int c = 0; c < 3; c++) {
                    int left = row[x * 3 + c];
                    int guess = left + above[(x + 1) * 3 + c] - above[x * 3 + c];
                    int value = (plain[p++] + Math.max(0, Math.min(255, guess))) & 0xff;
                    row[(x + 1) * 3 + c] = value;
                    colour = colour << 8 | value;
                }
                pixels[at + x] = colour;
            }
            int[] swap = above;
            above = row;
            row = swap;
        }
    }

    private static int rgb(int red, int green, int blue) {
        return 0xff000000 | red << 16 | green << 8 | blue;
    }

    private static int compactLength(RfbInput in) throws IOException {
        int first = in.u8();
        int length = first & 0x7f;
        if ((first & 0x80) != 0) {
            int second = in.u8();
            length |= (second & 0x7f) << 7;
            if ((second & 0x80) != 0) {
                length |= in.u8() << 14;
            }
        }
        if (length > MAX_PACKED) {
            throw new IOException("A Tight rectangle is too long.");
        }
        return length;
    }

    @Override
    public void close() {
        for (ZlibStream stream : streams) {
            stream.close();
        }
    }
}
