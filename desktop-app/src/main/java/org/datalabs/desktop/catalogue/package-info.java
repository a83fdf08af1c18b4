/**
 * The catalogue: search, facets, grid and list, and the page of one datalab. {@link
 * org.datalabs.desktop.catalogue.CatalogueViewModel} owns what is searched for and what was found; the datazone owns the
 * catalogue itself. Cards are reused while scrolling, so their number depends on the window and not on the catalogue.
 * JavaFX thread only; searches run in the background and late answers are dropped.
 */
@NullMarked
package org.datalabs.desktop.catalogue;

import org.jspecify.annotations.NullMarked;
