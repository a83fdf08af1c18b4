package org.datalabs.core.catalogue.search;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueQuery.Sort;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.catalogue.search.SearchWords.Asked;
import org.jspecify.annotations.Nullable;

/** Answers questions to a catalogue. Thread-safe. */
public final class CatalogueSearch {
    private final List<Datalab> datalabs;
    private final DatalabId[] ids;
    private final Map<Facet, FacetColumn> columns = new EnumMap<>(Facet.class);
    private final int[] byName;
    private final int[] byDate;
    private final Object building = new Object();
    private volatile @Nullable WordMatcher matcher;

    private CatalogueSearch(List<Datalab> datalabs) {
        this.datalabs = datalabs;
        this.ids = datalabs.stream().map(Datalab::id).toArray(DatalabId[]::new);
        columns.put(
                Facet.KIND,
                FacetColumn.of(
                        datalabs, datalab -> List.of(datalab.kind().name().toLowerCase(Locale.ROOT))));
        columns.put(Facet.DOMAIN, FacetColumn.of(datalabs, Datalab::domains));
        columns.put(Facet.MISSION, FacetColumn.of(datalabs, Datalab::missions));
        columns.put(Facet.INSTRUMENT, FacetColumn.of(datalabs, Datalab::instruments));
        columns.put(Facet.THEME, FacetColumn.of(datalabs, Datalab::themes));
        String[] names = datalabs.stream()
                .map(datalab -> SearchWords.folded(datalab.name()))
                .toArray(String[]::new);
        LocalDate[] dates = datalabs.stream()
                .map(datalab -> datalab.currentVersion().released())
                .toArray(LocalDate[]::new);
        byName = order(Comparator.comparing(number -> names[number]));
        byDate = order(Comparator.<Integer, LocalDate>comparing(number -> dates[number])
                .reversed());
    }

    public static CatalogueSearch over(Collection<CatalogueEntry> entries) {
        return new CatalogueSearch(entries.stream()
                .sorted(Comparator.comparingLong(CatalogueEntry::runs)
                        .thenComparingInt(CatalogueEntry::stars)
                        .reversed()
                        .thenComparing(entry -> entry.datalab().name(), String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(entry -> entry.datalab().id()))
                .map(CatalogueEntry::datalab)
                .toList());
    }

    public void warmUp() {
        matcher();
    }

    public void close() {
        matcher = null;
    }

    public CatalogueResult answer(CatalogueQuery query) {
        List<Asked> words = SearchWords.asked(query.text());
        int @Nullable [] scores = words.isEmpty() ? null : matcher().scores(words);
        FacetTally tally = FacetTally.of(columns, query.filters());
        BitSet hits = tally.hits(ids.length, scores);
        int total = hits.cardinality();
        int offset = Math.max(0, Math.min(query.offset(), total));
        int size = Math.max(0, Math.min(query.limit(), total - offset));
        int[] sorted = sorted(query.sort(), scores, hits, offset + size);
        DatalabId[] page = new DatalabId[size];
        for (int place = 0; place < size; place++) {
            page[place] = ids[sorted[offset + place]];
        }
        return new CatalogueResult(total, List.of(page), tally.counts());
    }

    /** The first {@code most} hits in order. Numbers are in the order of use already. */
    private int[] sorted(Sort sort, int @Nullable [] scores, BitSet hits, int most) {
        return switch (sort) {
            case NAME -> Arrays.stream(byName).filter(hits::get).limit(most).toArray();
            case NEWEST -> Arrays.stream(byDate).filter(hits::get).limit(most).toArray();
            case MOST_USED -> hits.stream().limit(most).toArray();
            case RELEVANCE -> scores == null ? hits.stream().limit(most).toArray() : byScore(scores, hits, most);
        };
    }

    /** Sorts by counting, which keeps the order of use among equal scores. */
    private static int[] byScore(int[] scores, BitSet hits, int most) {
        int[] places = new int[WordMatcher.SCORES + 1];
        for (int number = hits.nextSetBit(0); number >= 0; number = hits.nextSetBit(number + 1)) {
            places[WordMatcher.SCORES - scores[number]]++;
        }
        int sum = 0;
        for (int bucket = 0; bucket < places.length; bucket++) {
            int size = places[bucket];
            places[bucket] = sum;
            sum += size;
        }
        int[] sorted = new int[most];
        for (int number = hits.nextSetBit(0); number >= 0; number = hits.nextSetBit(number + 1)) {
            int place = places[WordMatcher.SCORES - scores[number]]++;
            if (place < most) {
                sorted[place] = number;
            }
        }
        return sorted;
    }

    private int[] order(Comparator<Integer> comparator) {
        return IntStream.range(0, datalabs.size())
                .boxed()
                .sorted(comparator)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private WordMatcher matcher() {
        WordMatcher built = matcher;
        if (built == null) {
            synchronized (building) {
                built = matcher;
                if (built == null) {
                    built = new WordMatcher(WordIndex.of(datalabs));
                    matcher = built;
                }
            }
        }
        return built;
    }
}
