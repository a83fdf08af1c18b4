package org.datalabs.core.catalogue.search;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datalabs.core.catalogue.CatalogueResult.FacetCount;
import org.datalabs.core.catalogue.Facet;
import org.jspecify.annotations.Nullable;

/** Filters and counts in one pass over the datalabs that match the words. Belongs to one question. */
final class FacetTally {
    private final List<Column> all;
    private final Column[] filtered;

    private FacetTally(List<Column> all) {
        this.all = all;
        this.filtered =
                all.stream().filter(column -> !column.wanted().isEmpty()).toArray(Column[]::new);
    }

    /** A facet with what is wanted of it and what was counted so far. */
    private record Column(Facet facet, FacetColumn values, Set<String> wanted, BitSet wantedBits, Counts counts) {
        boolean accepts(int datalab) {
            return values.carriesAny(datalab, wantedBits);
        }

        void count(int datalab) {
            values.count(datalab, counts.counts);
        }
    }

    /** Counts by number of the value. */
    private static final class Counts {
        private final int[] counts;

        Counts(int[] counts) {
            this.counts = counts;
        }
    }

    static FacetTally of(Map<Facet, FacetColumn> columns, Map<Facet, Set<String>> filters) {
        return new FacetTally(columns.entrySet().stream()
                .map(entry -> {
                    FacetColumn values = entry.getValue();
                    Set<String> wanted = filters.getOrDefault(entry.getKey(), Set.of());
                    return new Column(
                            entry.getKey(), values, wanted, values.wanted(wanted), new Counts(values.newCounts()));
                })
                .toList());
    }

    /**
     * The datalabs that pass all filters. One that fails just one facet's filter counts for that facet only, since counts
     * disregard their own filter.
     *
     * @param scores 0 for datalabs that do not match, or null when all do
     */
    BitSet hits(int size, int @Nullable [] scores) {
        BitSet hits = new BitSet(size);
        for (int number = 0; number < size; number++) {
            if (scores != null && scores[number] == 0) {
                continue;
            }
            Column failed = null;
            int failures = 0;
            for (Column column : filtered) {
                if (!column.accepts(number)) {
                    failed = column;
                    failures++;
                }
            }
            if (failed == null) {
                hits.set(number);
                for (Column column : all) {
                    column.count(number);
                }
            } else if (failures == 1) {
                failed.count(number);
            }
        }
        return hits;
    }

    /** What was counted. */
    Map<Facet, List<FacetCount>> counts() {
        Map<Facet, List<FacetCount>> counts = new EnumMap<>(Facet.class);
        all.forEach(
                column -> counts.put(column.facet(), column.values().sorted(column.counts().counts, column.wanted())));
        return counts;
    }
}
