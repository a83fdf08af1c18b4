/**
 * What every screen is made of: its place, its life, its empty, loading, error and offline states, and the ports through
 * which screens reach the shell and each other. JavaFX thread only.
 *
 * <p>A screen is added in three steps. Its {@link org.datalabs.desktop.view.Place} is a record there. Its view extends
 * {@link org.datalabs.desktop.view.ScreenView}: nodes are built in the constructor, bound in {@code attach}, unbound by
 * the subscription that {@code attach} returns; what can be missing stands in a
 * {@link org.datalabs.desktop.view.StatePane}. The composition root names it in its list of screens; a place without
 * a screen is shown nowhere. Screens are made when first opened, one per kind of place.
 */
@NullMarked
package org.datalabs.desktop.view;

import org.jspecify.annotations.NullMarked;
