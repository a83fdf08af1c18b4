package org.datalabs.core.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the catalogue.
 *
 * @param revision changes whenever any datalab changes; all pages of one pass carry the same
 * @param entries ordered by datalab id
 * @param next cursor of the following page, or null on the last
 */
public record CataloguePage(
        String revision,
        List<CatalogueEntry> entries,
        @Nullable String next) {}
