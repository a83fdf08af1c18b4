package org.datalabs.desktop.session.vnc;

/** A rectangle of the remote screen, in its pixels; empty if either side is zero. */
record Area(int x, int y, int width, int height) {
    static final Area NONE = new Area(0, 0, 0, 0);

    boolean isEmpty() {
        return width == 0 || height == 0;
    }

    /** The smallest area that holds both. */
    Area union(Area other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        int left = Math.min(x, other.x);
        int top = Math.min(y, other.y);
        int right = Math.max(x + width, other.x + other.width);
        int bottom = Math.max(y + height, other.y + other.height);
        return new Area(left, top, right - left, bottom - top);
    }
}
