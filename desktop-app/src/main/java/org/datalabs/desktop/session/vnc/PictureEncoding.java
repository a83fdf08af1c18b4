package org.datalabs.desktop.session.vnc;

/** How the server is asked to pack the picture; all are exact. */
public enum PictureEncoding {
    /** No packing: the least work at both ends, about 4 bytes per changed pixel. For a datazone on this computer. */
    RAW(RfbEncodings.RAW, 0),
    /** Runs of colour in small tiles: little work, a third of the bytes on plain screens. */
    HEXTILE(RfbEncodings.HEXTILE, 0),
    /** Palettes and zlib: the fewest bytes. For a datazone behind a network. */
    TIGHT(RfbEncodings.TIGHT, 2),
    /** Palettes, runs and zlib. */
    ZRLE(RfbEncodings.ZRLE, 2);

    private final int number;
    private final int compression;

    PictureEncoding(int number, int compression) {
        this.number = number;
        this.compression = compression;
    }

    int number() {
        return number;
    }

    int compression() {
        return compression;
    }
}
