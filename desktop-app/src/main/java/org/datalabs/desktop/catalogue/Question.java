package org.datalabs.desktop.catalogue;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.Facet;

/**
 * What the user asks of the catalogue. Immutable.
 *
 * @param text what was typed
 * @param filters chosen values per facet, in the order in which they were chosen; no empty sets
 * @param sort the chosen order
 * @param starred whether only datalabs with the user's star are shown
 * @param bookmarked whether only bookmarked datalabs are shown
 */
record Question(
        String text, Map<Facet, Set<String>> filters, CatalogueQuery.Sort sort, boolean starred, boolean bookmarked) {
    private static final int LONGEST = 200;

    static final Question START = new Question("", Map.of(), CatalogueQuery.Sort.MOST_USED, false, false);

    Question withText(String typed) {
        String bounded = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
        return new Question(bounded, filters, sort, starred, bookmarked);
    }

    Question withSort(CatalogueQuery.Sort newSort) {
        return new Question(text, filters, newSort, starred, bookmarked);
    }

    Question withStarred(boolean only) {
        return new Question(text, filters, sort, only, bookmarked);
    }

    Question withBookmarked(boolean only) {
        return new Question(text, filters, sort, starred, only);
    }

    /** With {@code value} of {@code facet} chosen, or no longer. */
    Question with(Facet facet, String value, boolean chosen) {
        Map<Facet, Set<String>> changed = new EnumMap<>(Facet.class);
        changed.putAll(filters);
        Set<String> values = new LinkedHashSet<>(changed.getOrDefault(facet, Set.of()));
        if (chosen) {
            values.add(value);
        } else {
            values.remove(value);
        }
        if (values.isEmpty()) {
            changed.remove(facet);
        } else {
            changed.put(facet, values);
        }
        return new Question(text, changed, sort, starred, bookmarked);
    }

    Question withoutFilters() {
        return new Question(text, Map.of(), sort, false, false);
    }

    boolean holds(Facet facet, String value) {
        return filters.getOrDefault(facet, Set.of()).contains(value);
    }

    boolean isFiltered() {
        return !filters.isEmpty() || starred || bookmarked;
    }

    /** The question to the datazone: everything that matches; stars and bookmarks are sifted afterwards. */
    CatalogueQuery query() {
        CatalogueQuery.Sort order =
                sort == CatalogueQuery.Sort.MOST_USED && !text.isBlank() ? CatalogueQuery.Sort.RELEVANCE : sort;
        return new CatalogueQuery(text, filters, order, 0, Integer.MAX_VALUE);
    }
}
