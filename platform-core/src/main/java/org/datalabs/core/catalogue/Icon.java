package org.datalabs.core.catalogue;

/**
 * A line drawing on a tinted tile; drawn by the client, never fetched.
 *
 * @param path SVG path data (SVG 2, section 9.3) in a 24 by 24 box, drawn as a line of width 1.75; at most 4,000
 *     characters
 * @param tint colour of the tile, by science theme
 */
public record Icon(String path, Tint tint) {
    /** The eight tile colours of the client's theme. */
    public enum Tint {
        BLUE,
        PURPLE,
        TEAL,
        ORANGE,
        PINK,
        GREEN,
        YELLOW,
        GRAY
    }
}
