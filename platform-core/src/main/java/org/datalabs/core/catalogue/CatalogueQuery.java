package org.datalabs.core.catalogue;

import java.util.Map;
import java.util.Set;

/**
 * A question to the catalogue.
 *
 * @param text what the user typed; every word must match somewhere, the last one as a prefix; at most 200 characters
 * @param filters chosen values per facet: values of one facet are alternatives, facets must all hold
 * @param sort order of the hits
 * @param offset hits to skip
 * @param limit most hits to return
 */
public record CatalogueQuery(String text, Map<Facet, Set<String>> filters, Sort sort, int offset, int limit) {
    public static final CatalogueQuery ALL = new CatalogueQuery("", Map.of(), Sort.MOST_USED, 0, Integer.MAX_VALUE);

    /** Orders of hits. */
    public enum Sort {
        /** By match; without text as {@link #MOST_USED}. */
        RELEVANCE,
        MOST_USED,
        NAME,
        NEWEST
    }
}
