package org.datalabs.desktop.session.vnc;

import java.io.IOException;
import org.datalabs.desktop.session.vnc.RfbConnection.ScreenLayout;
import org.jspecify.annotations.Nullable;

/** Reads FramebufferUpdate messages: pictures and the pseudo-encodings that come with them. Reader thread only. */
final class UpdateReader implements AutoCloseable {
    private static final int MAX_CURSOR = 512;
    private static final int MAX_NAME = 64 << 10;

    /** Hears of a new size before the next message is read. */
    @FunctionalInterface
    interface SizeListener {
        void resized(int width, int height);
    }

    private final RfbInput in;
    private final RfbEvents events;
    private final SizeListener sizes;
    private final HextileDecoder hextile = new HextileDecoder();
    private final ZrleDecoder zrle = new ZrleDecoder();
    private final TightDecoder tight;
    private @Nullable Framebuffer screen;
    private volatile @Nullable ScreenLayout layout;
    private volatile boolean scanCodes;

    UpdateReader(RfbInput in, RfbEvents events, JpegReader jpeg, SizeListener sizes) {
        this.in = in;
        this.events = events;
        this.sizes = sizes;
        tight = new TightDecoder(jpeg);
    }

    void begin(Framebuffer first) {
        screen = first;
        events.resized(first);
    }

    boolean takesScanCodes() {
        return scanCodes;
    }

    @Nullable
    ScreenLayout layout() {
        return layout;
    }

    /** Reads what follows the message's number. */
    void read() throws IOException {
        in.skip(1);
        int count = in.u16();
        Area changed = Area.NONE;
        for (int i = 0; i < count; i++) {
            Area area = new Area(in.u16(), in.u16(), in.u16(), in.u16());
            int encoding = in.s32();
            if (encoding == RfbEncodings.LAST_RECT) {
                break;
            }
            Framebuffer before = screen;
            changed = changed.union(rectangle(area, encoding));
            if (screen != before) {
                changed = Area.NONE;
            }
        }
        if (!changed.isEmpty() && screen != null) {
            events.drawn(screen, changed);
        }
    }

    private Area rectangle(Area area, int encoding) throws IOException {
        switch (encoding) {
            case RfbEncodings.CURSOR -> cursor(area);
            case RfbEncodings.CURSOR_WITH_ALPHA -> alphaCursor(area);
            case RfbEncodings.DESKTOP_SIZE -> resize(area.width(), area.height());
            case RfbEncodings.EXTENDED_DESKTOP_SIZE -> extendedSize(area);
            case RfbEncodings.DESKTOP_NAME -> in.skip(in.count(MAX_NAME, "desktop's name"));
            case RfbEncodings.QEMU_EXTENDED_KEY -> scanCodes = true;
            default -> {
                return picture(area, encoding);
            }
        }
        return Area.NONE;
    }

    private Area picture(Area area, int encoding) throws IOException {
        Framebuffer target = screen;
        if (target == null) {
            throw new IOException("The server drew before it said its size.");
        }
        target.requireInside(area.x(), area.y(), area.width(), area.height());
        RectangleDecoder decoder =
                switch (encoding) {
                    case RfbEncodings.RAW -> PlainDecoders::raw;
                    case RfbEncodings.COPY_RECT -> PlainDecoders::copyRect;
                    case RfbEncodings.RRE -> PlainDecoders::rre;
                    case RfbEncodings.HEXTILE -> hextile;
                    case RfbEncodings.ZRLE -> zrle;
                    case RfbEncodings.TIGHT -> tight;
                    default -> throw new IOException("The server used encoding " + encoding + ", not asked for.");
                };
        if (!area.isEmpty()) {
            decoder.decode(in, target, area);
        }
        return area;
    }

    private void resize(int width, int height) throws IOException {
        Framebuffer before = screen;
        if (before != null && before.width() == width && before.height() == height) {
            return;
        }
        Framebuffer after = new Framebuffer(width, height);
        screen = after;
        sizes.resized(width, height);
        events.resized(after);
    }

    /** Here x is who asked and y the answer to this client's own request, zero if it was granted. */
    private void extendedSize(Area area) throws IOException {
        int screens = in.u8();
        in.skip(3);
        for (int i = 0; i < screens; i++) {
            int id = in.s32();
            in.skip(8);
            int flags = in.s32();
            if (i == 0) {
                layout = new ScreenLayout(id, flags);
            }
        }
        if (area.x() != 1 || area.y() == 0) {
            resize(area.width(), area.height());
        }
    }

    private void cursor(Area area) throws IOException {
        requireSmall(area);
        int w = area.width();
        int h = area.height();
        int[] argb = new int[w * h];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = in.pixel();
        }
        int stride = (w + 7) / 8;
        byte[] mask = in.bytes(stride * h);
        for (int i = 0; i < argb.length; i++) {
            int x = i % w;
            if ((mask[i / w * stride + x / 8] & 0x80 >> x % 8) == 0) {
                argb[i] = 0;
            }
        }
        events.cursor(new CursorShape(w, h, area.x(), area.y(), argb));
    }

    /** Red, green, blue, alpha; the colours premultiplied. */
    private void alphaCursor(Area area) throws IOException {
        requireSmall(area);
        if (in.s32() != RfbEncodings.RAW) {
            throw new IOException("The pointer's picture has an unknown encoding.");
        }
        int[] argb = new int[area.width() * area.height()];
        for (int i = 0; i < argb.length; i++) {
            int red = in.u8();
            int green = in.u8();
            int blue = in.u8();
            int alpha = in.u8();
            argb[i] = alpha << 24 | straight(red, alpha) << 16 | straight(green, alpha) << 8 | straight(blue, alpha);
        }
        events.cursor(new CursorShape(area.width(), area.height(), area.x(), area.y(), argb));
    }

    private static int straight(int value, int alpha) {
        return alpha == 0 ? 0 : Math.min(255, value * 255 / alpha);
    }

    private static void requireSmall(Area area) throws IOException {
        if (area.width() > MAX_CURSOR || area.height() > MAX_CURSOR) {
            throw new IOException("The pointer's picture is larger than " + MAX_CURSOR + " pixels.");
        }
    }

    @Override
    public void close() {
        zrle.close();
        tight.close();
    }
}
