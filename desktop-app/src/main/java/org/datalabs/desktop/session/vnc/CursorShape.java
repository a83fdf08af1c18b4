package org.datalabs.desktop.session.vnc;

/** A pointer picture: ARGB pixels, not premultiplied, and its hot spot. Empty if the remote side hides the pointer. */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
record CursorShape(int width, int height, int hotX, int hotY, int[] argb) {
    boolean isEmpty() {
        return width == 0 || height == 0;
    }
}
