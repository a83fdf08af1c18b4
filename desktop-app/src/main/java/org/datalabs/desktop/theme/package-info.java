/**
 * How the app looks: AtlantaFX Primer light or dark, our own style sheets on top, the fonts, and whether things move.
 * {@link org.datalabs.desktop.theme.Appearance} owns the choice. JavaFX thread only.
 *
 * <p>A package with styles of its own keeps them in {@code style.css} beside it and adds them to the root node of its
 * screen or dialog by {@link org.datalabs.desktop.theme.StyleSheets}, so that they load when first needed.
 */
@NullMarked
package org.datalabs.desktop.theme;

import org.jspecify.annotations.NullMarked;
