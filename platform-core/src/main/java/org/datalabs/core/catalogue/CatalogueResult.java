package org.datalabs.core.catalogue;

import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link CatalogueQuery}.
 *
 * @param total how many datalabs match
 * @param hits ids of the requested part, in order
 * @param facets per facet its values with counts, most frequent first; counts of a facet disregard that facet's own
 *     filter, so that a user sees what another choice would give
 */
public record CatalogueResult(int total, List<DatalabId> hits, Map<Facet, List<FacetCount>> facets) {
    /** How many matching datalabs carry {@code value}. */
    public record FacetCount(String value, int count) {}
}
