package org.datalabs.core.catalogue;

import java.util.Collection;
import org.datalabs.core.catalogue.search.CatalogueSearch;

/**
 * Search over a fixed set of catalogue entries: ranking, prefixes, typing errors, and facets with counts. Both ends use
 * it, so a catalogue ranks offline as it does online.
 *
 * <p>Building it is cheap: the index of words is made by the first search that has words, or by {@link #warmUp}. It lives
 * in memory. Thread-safe; replace the whole index when the catalogue changes.
 */
public final class CatalogueIndex implements AutoCloseable {
    private final CatalogueSearch search;

    private CatalogueIndex(CatalogueSearch search) {
        this.search = search;
    }

    public static CatalogueIndex of(Collection<CatalogueEntry> entries) {
        return new CatalogueIndex(CatalogueSearch.over(entries));
    }

    /**
     * Answers {@code query}. Without words it returns everything that passes the filters. Values that are filtered for are
     * among the facet counts even when nothing carries them.
     */
    public CatalogueResult search(CatalogueQuery query) {
        return search.answer(query);
    }

    /** Makes the index of words now, so that the first search need not; best on a background thread. */
    public void warmUp() {
        search.warmUp();
    }

    /** Frees the index of words. Searches that are under way finish; a later one makes it anew. */
    @Override
    public void close() {
        search.close();
    }
}
