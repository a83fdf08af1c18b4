package org.datalabs.desktop.control;

import javafx.scene.shape.FillRule;
import javafx.scene.shape.SVGPath;

/** Icons that neither icon font has, drawn in a 16 by 16 box. */
public enum Glyph {
    PLAY("M4.5 3.1v9.8c0 .5.5.8.9.5l7.6-4.9c.4-.2.4-.8 0-1L5.4 2.6c-.4-.3-.9 0-.9.5z"),
    KEYBOARD("M2 3.5h12a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H2A1.5 1.5 0 0 1 .5 11V5A1.5 1.5 0 0 1 2 3.5z"
            + "M2 5v6h12V5zM3.2 6.2h1.4v1.2H3.2zM6 6.2h1.4v1.2H6zM8.6 6.2H10v1.2H8.6zM11.4 6.2h1.4v1.2h-1.4z"
            + "M3.2 8.7h1.4v1.2H3.2zM5.6 8.7h4.8v1.2H5.6zM11.4 8.7h1.4v1.2h-1.4z"),
    BOOKMARK_FILL("M3 2.75C3 1.78 3.78 1 4.75 1h6.5c.97 0 1.75.78 1.75 1.75v11.5a.75.75 0 0 1-1.23.58L8 11.72l-3.77 "
            + "3.1A.75.75 0 0 1 3 14.26z");

    private final String path;

    Glyph(String path) {
        this.path = path;
    }

    /** A new node that shows this icon, {@code size} pixels high and wide, in the colour of {@code .shape}. */
    public SVGPath draw(double size) {
        SVGPath shape = new SVGPath();
        shape.setContent(path);
        shape.setFillRule(FillRule.EVEN_ODD);
        shape.getStyleClass().add("shape");
        shape.setScaleX(size / 16);
        shape.setScaleY(size / 16);
        return shape;
    }
}
