package org.datalabs.desktop.session.vnc;

import java.io.IOException;

/** ZRLE (RFC 6143, 7.7.6): tiles of 64 × 64 pixels in one zlib stream. */
final class ZrleDecoder implements RectangleDecoder, AutoCloseable {
    private static final int MAX_PACKED = 64 << 20;

    private final ZlibStream zlib = new ZlibStream();
    private final int[] palette = new int[128];
    private byte[] plain = new byte[0];
    private int position;
    private int limit;

    @Override
    public void decode(RfbInput in, Framebuffer screen, Area area) throws IOException {
        zlib.supply(in, in.count(MAX_PACKED, "rectangle"));
        int tiles = ((area.width() + 63) / 64) * ((area.height() + 63) / 64);
        // A run needs at most a colour and one length byte per pixel: nothing legal is longer.
        int most = area.width() * area.height() * 4 + tiles * (1 + 127 * 3);
        if (plain.length < most) {
            plain = new byte[most];
        }
        limit = zlib.readAll(plain);
        position = 0;
        for (int y = 0; y < area.height(); y += 64) {
            int h = Math.min(64, area.height() - y);
            for (int x = 0; x < area.width(); x += 64) {
                tile(screen, area.x() + x, area.y() + y, Math.min(64, area.width() - x), h);
            }
        }
    }

    private void tile(Framebuffer screen, int x, int y, int w, int h) throws IOException {
        int kind = u8();
        int colours = kind & 127;
        if (kind == 127 || kind == 129) {
            throw new IOException("Unknown ZRLE tile " + kind + ".");
        }
        for (int i = 0; i < colours; i++) {
            palette[i] = colour();
        }
        if (kind == 1) {
            screen.fill(x, y, w, h, palette[0]);
        } else if (kind == 0) {
            plainTile(screen, x, y, w, h);
        } else if (kind < 128) {
            packedTile(screen, x, y, w, h, colours);
        } else {
            runs(screen, x, y, w, h, colours > 0);
        }
    }

    private void plainTile(Framebuffer screen, int x, int y, int w, int h) throws IOException {
        int[] pixels = screen.pixels();
        for (int i = 0; i < h; i++) {
            int at = (y + i) * screen.width() + x;
            for (int j = 0; j < w; j++) {
                pixels[at + j] = colour();
            }
        }
    }

    private void packedTile(Framebuffer screen, int x, int y, int w, int h, int colours) throws IOException {
        int bits = colours > 16 ? 8 : colours > 4 ? 4 : colours > 2 ? 2 : 1;
        int[] pixels = screen.pixels();
        for (int i = 0; i < h; i++) {
            int at = (y + i) * screen.width() + x;
            int held = 0;
            int left = 0;
            for (int j = 0; j < w; j++) {
                if (left == 0) {
                    held = u8();
                    left = 8;
                }
                left -= bits;
                pixels[at + j] = palette[held >> left & (1 << bits) - 1 & 127];
            }
        }
    }

    private void runs(Framebuffer screen, int x, int y, int w, int h, boolean indexed) throws IOException {
        int[] pixels = screen.pixels();
        int done = 0;
        int total = w * h;
        while (done < total) {
            int colour;
            int length = 1;
            if (indexed) {
                int index = u8();
                colour = palette[index & 127];
                if (index >= 128) {
                    length = runLength();
                }
            } else {
                colour = colour();
                length = runLength();
            }
            if (length > total - done) {
                throw new IOException("A ZRLE run leaves its tile.");
            }
            for (int i = 0; i < length; i++, done++) {
                pixels[(y + done / w) * screen.width() + x + done % w] = colour;
            }
        }
    }

    private int runLength() throws IOException {
        int length = 1;
        int part;
        do {
            part = u8();
            length += part;
        } while (part == 255 && length <= 64 * 64 + 255);
        return length;
    }

    private int u8() throws IOException {
        if (position == limit) {
            throw new IOException("A compressed rectangle is too short.");
        }
        return plain[position++] & 0xff;
    }

    private int colour() throws IOException {
        int blue = u8();
        int green = u8();
        return 0xff000000 | u8() << 16 | green << 8 | blue;
    }

    @Override
    public void close() {
        zlib.close();
    }
}
