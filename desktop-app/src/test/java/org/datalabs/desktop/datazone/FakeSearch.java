package org.datalabs.desktop.datazone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.catalogue.Kind;

/** Plain search for {@link FakeDatazone}: every word is part of the name, the summary or a theme. */
final class FakeSearch {
    private FakeSearch() {}

    static CatalogueResult search(Collection<CatalogueEntry> all, CatalogueQuery query) {
        List<CatalogueEntry> hits = new ArrayList<>();
        for (CatalogueEntry entry : all) {
            if (matches(entry.datalab(), query.text()) && passes(entry.datalab(), query.filters())) {
                hits.add(entry);
            }
        }
        hits.sort(order(query.sort()).thenComparing(entry -> entry.datalab().id()));
        Map<Facet, List<CatalogueResult.FacetCount>> facets = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            facets.put(facet, counts(hits, facet));
        }
        return new CatalogueResult(
                hits.size(),
                hits.stream()
                        .skip(query.offset())
                        .limit(query.limit())
                        .map(entry -> entry.datalab().id())
                        .toList(),
                facets);
    }

    private static boolean matches(Datalab datalab, String text) {
        String haystack = (datalab.name() + " " + datalab.summary() + " " + datalab.themes()).toLowerCase(Locale.ROOT);
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!haystack.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(Datalab datalab, Map<Facet, Set<String>> filters) {
        return filters.entrySet().stream()
                .allMatch(filter -> filter.getValue().isEmpty()
                        || values(datalab, filter.getKey()).stream().anyMatch(filter.getValue()::contains));
    }

    private static List<String> values(Datalab datalab, Facet facet) {
        return switch (facet) {
            case KIND -> List.of(datalab.kind() == Kind.WEB ? "web" : "desktop");
            case DOMAIN -> datalab.domains();
            case MISSION -> datalab.missions();
            case INSTRUMENT -> datalab.instruments();
            case THEME -> datalab.themes();
        };
    }

    private static List<CatalogueResult.FacetCount> counts(List<CatalogueEntry> hits, Facet facet) {
        Map<String, Integer> counts = new TreeMap<>();
        hits.forEach(entry -> values(entry.datalab(), facet).forEach(value -> counts.merge(value, 1, Integer::sum)));
        return counts.entrySet().stream()
                .map(count -> new CatalogueResult.FacetCount(count.getKey(), count.getValue()))
                .sorted(Comparator.comparingInt(CatalogueResult.FacetCount::count)
                        .reversed())
                .toList();
    }

    private static Comparator<CatalogueEntry> order(CatalogueQuery.Sort sort) {
        return switch (sort) {
            case RELEVANCE, MOST_USED ->
                Comparator.comparingLong(CatalogueEntry::runs).reversed();
            case NAME -> Comparator.comparing(entry -> entry.datalab().name());
            case NEWEST ->
                Comparator.<CatalogueEntry, java.time.LocalDate>comparing(
                                entry -> entry.datalab().currentVersion().released())
                        .reversed();
        };
    }
}
