package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The remote screen as opaque ARGB pixels, row by row. Owned by the reader thread; not thread-safe. */
final class Framebuffer {
    /** The largest side and number of pixels taken from a server, so that a hostile one cannot exhaust the heap. */
    private static final int MAX_SIDE = 16_384;

    private static final int MAX_PIXELS = 32 << 20;

    private final int[] pixels;
    private final int width;
    private final int height;

    Framebuffer(int width, int height) throws IOException {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new IOException("The desktop's size " + width + " × " + height + " cannot be shown.");
        }
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        Arrays.fill(pixels, 0xff000000);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] pixels() {
        return pixels;
    }

    void requireInside(int x, int y, int w, int h) throws IOException {
        if (x < 0 || y < 0 || w < 0 || h < 0 || x + w > width || y + h > height) {
            throw new IOException("The server drew outside its " + width + " × " + height + " screen.");
        }
    }

    void fill(int x, int y, int w, int h, int argb) {
        int row = y * width + x;
        for (int i = 0; i < h; i++, row += width) {
            Arrays.fill(pixels, row, row + w, argb);
        }
    }

    /** Copies an area that may overlap its target. */
    void copy(int fromX, int fromY, int x, int y, int w, int h) {
        boolean down = fromY < y;
        for (int i = 0; i < h; i++) {
            int row = down ? h - 1 - i : i;
            System.arraycopy(pixels, (fromY + row) * width + fromX, pixels, (y + row) * width + x, w);
        }
    }

    /** Sets one row from pixels of four bytes: blue, green, red, unused. */
    void setRow(int x, int y, int w, byte[] from) {
        int at = y * width + x;
        ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(pixels, at, w);
        for (int i = 0; i < w; i++) {
            pixels[at + i] |= 0xff000000;
        }
    }
}
