package org.datalabs.desktop.control;

import java.util.Locale;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import org.datalabs.core.catalogue.Icon;
import org.jspecify.annotations.Nullable;

/** The tinted square with a datalab's drawing. Decoration: screen readers hear the name beside it. */
public final class DatalabTile extends StackPane {
    private static final double STROKE = 1.75;
    private static final double BOX = 24;
    private static final Icon UNKNOWN = new Icon("M4 4h16v16H4z", Icon.Tint.GRAY);

    private final SVGPath drawing = new SVGPath();
    private @Nullable Icon icon;

    /** Sizes of tiles, side by side with the drawing inside, in pixels. */
    public enum Size {
        SMALL(14),
        MEDIUM(18),
        NORMAL(24),
        LARGE(36);

        private final double drawing;

        Size(double drawing) {
            this.drawing = drawing;
        }
    }

    public DatalabTile(Size size) {
        getStyleClass().addAll("tile", size.name().toLowerCase(Locale.ROOT));
        drawing.getStyleClass().add("drawing");
        drawing.setStrokeWidth(STROKE);
        drawing.setStrokeLineCap(StrokeLineCap.ROUND);
        drawing.setStrokeLineJoin(StrokeLineJoin.ROUND);
        drawing.setScaleX(size.drawing / BOX);
        drawing.setScaleY(size.drawing / BOX);
        getChildren().add(drawing);
        setIcon(null);
    }

    /** Shows {@code icon}; a plain grey one when null, as for a session whose datalab has left the catalogue. */
    public void setIcon(@Nullable Icon newIcon) {
        Icon shown = newIcon == null ? UNKNOWN : newIcon;
        if (shown.equals(icon)) {
            return;
        }
        if (icon != null) {
            getStyleClass().remove(styleClass(icon));
        }
        icon = shown;
        getStyleClass().add(styleClass(shown));
        drawing.setContent(shown.path());
    }

    private static String styleClass(Icon icon) {
        return icon.tint().name().toLowerCase(Locale.ROOT);
    }
}
