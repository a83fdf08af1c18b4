package org.datalabs.core.catalogue.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.datalabs.core.catalogue.CatalogueResult.FacetCount;
import org.datalabs.core.catalogue.Datalab;

/** The values of one facet for all datalabs: per datalab the numbers of its values, in one array. */
final class FacetColumn {
    private final List<String> values;
    private final Map<String, Integer> numbers;
    private final int[] starts;
    private final int[] ordinals;

    private FacetColumn(List<String> values, Map<String, Integer> numbers, int[] starts, int[] ordinals) {
        this.values = values;
        this.numbers = numbers;
        this.starts = starts;
        this.ordinals = ordinals;
    }

    static FacetColumn of(List<Datalab> datalabs, Function<Datalab, Collection<String>> property) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] starts = new int[datalabs.size() + 1];
        List<Integer> ordinals = new ArrayList<>();
        for (int number = 0; number < datalabs.size(); number++) {
            for (String value : Set.copyOf(property.apply(datalabs.get(number)))) {
                ordinals.add(numbers.computeIfAbsent(value, ignored -> numbers.size()));
            }
            starts[number + 1] = ordinals.size();
        }
        return new FacetColumn(
                List.copyOf(numbers.keySet()),
                new HashMap<>(numbers),
                starts,
                ordinals.stream().mapToInt(Integer::intValue).toArray());
    }

    int[] newCounts() {
        return new int[values.size()];
    }

    void count(int datalab, int[] counts) {
        for (int place = starts[datalab]; place < starts[datalab + 1]; place++) {
            counts[ordinals[place]]++;
        }
    }

    /** The wanted values by number. */
    BitSet wanted(Set<String> wantedValues) {
        BitSet wanted = new BitSet(values.size());
        for (String value : wantedValues) {
            Integer number = numbers.get(value);
            if (number != null) {
                wanted.set(number);
            }
        }
        return wanted;
    }

    boolean carriesAny(int datalab, BitSet wanted) {
        for (int place = starts[datalab]; place < starts[datalab + 1]; place++) {
            if (wanted.get(ordinals[place])) {
                return true;
            }
        }
        return false;
    }

    /** Counts by value, most frequent first; values that nothing carries only when they are wanted. */
    List<FacetCount> sorted(int[] counts, Set<String> wanted) {
        List<FacetCount> sorted = new ArrayList<>();
        for (int number = 0; number < counts.length; number++) {
            if (counts[number] > 0 || wanted.contains(values.get(number))) {
                sorted.add(new FacetCount(values.get(number), counts[number]));
            }
        }
        for (String value : wanted) {
            if (!numbers.containsKey(value)) {
                sorted.add(new FacetCount(value, 0));
            }
        }
        sorted.sort(Comparator.comparingInt(FacetCount::count).reversed().thenComparing(FacetCount::value));
        return List.copyOf(sorted);
    }
}
