package org.datalabs.desktop.session.vnc;

import java.util.List;

/** Numbers of the RFB registry, in the order of preference in which they are offered. */
final class RfbEncodings {
    static final int RAW = 0;
    static final int COPY_RECT = 1;
    static final int RRE = 2;
    static final int HEXTILE = 5;
    static final int TIGHT = 7;
    static final int ZRLE = 16;
    static final int DESKTOP_SIZE = -223;
    static final int LAST_RECT = -224;
    static final int CURSOR = -239;
    static final int QEMU_EXTENDED_KEY = -258;
    static final int DESKTOP_NAME = -307;
    static final int EXTENDED_DESKTOP_SIZE = -308;
    static final int FENCE = -312;
    static final int CONTINUOUS_UPDATES = -313;
    static final int CURSOR_WITH_ALPHA = -314;
    static final int EXTENDED_CLIPBOARD = 0xC0A1E5CE;
    private static final int COMPRESSION_0 = -256;

    private RfbEncodings() {}

    /** Without a quality level no server sends JPEG: the picture stays exact. */
    static List<Integer> offered(PictureEncoding first) {
        return List.of(
                COPY_RECT,
                first.number(),
                TIGHT,
                ZRLE,
                HEXTILE,
                RRE,
                RAW,
                COMPRESSION_0 + first.compression(),
                LAST_RECT,
                CURSOR_WITH_ALPHA,
                CURSOR,
                EXTENDED_DESKTOP_SIZE,
                DESKTOP_SIZE,
                DESKTOP_NAME,
                QEMU_EXTENDED_KEY,
                EXTENDED_CLIPBOARD,
                FENCE,
                CONTINUOUS_UPDATES);
    }
}
