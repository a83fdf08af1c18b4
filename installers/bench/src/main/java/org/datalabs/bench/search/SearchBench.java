package org.datalabs.bench.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueIndex;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueQuery.Sort;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.Facet;

/**
 * Measures the catalogue's search: every keystroke of typed questions, with facet counts and a page of hits, at growing
 * catalogues; first of all the cold start on a small one. After each series follows a line
 * {@code keystroke SLOWEST MEDIAN P99} in milliseconds: the slowest keystroke by its median over the rounds, and the median
 * and the 99th percentile of all.
 *
 * <p>Usage: {@code SearchBench [entries...]}, by default 10,000 and 100,000.
 */
public final class SearchBench {
    private static final int COLD_ENTRIES = 20;
    private static final int PAGE = 60;
    private static final int WARM_UP_ROUNDS = 6;
    private static final int ROUNDS = 8;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final List<String> QUESTIONS = List.of(
            "topcat",
            "jupyterlab",
            "jl-xmm-sas",
            "x-ray spectra",
            "gaia astrometry catalogue",
            "XMM-Newton EPIC",
            "ds9",
            "euclid photometric redshifts",
            "spectroscpy",
            "jupytre notebok",
            "saoimage",
            "zzzz");
    private static final Map<Facet, Set<String>> FILTERS =
            Map.of(Facet.KIND, Set.of("web"), Facet.MISSION, Set.of("Gaia", "Euclid"));

    private SearchBench() {}

    public static void main(String[] arguments) {
        cold();
        int[] sizes = arguments.length == 0
                ? new int[] {10_000, 100_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        for (int size : sizes) {
            warm(size);
        }
    }

    private static void cold() {
        List<CatalogueEntry> entries = GeneratedCatalogue.of(COLD_ENTRIES);
        long start = System.nanoTime();
        try (CatalogueIndex index = CatalogueIndex.of(entries)) {
            long made = System.nanoTime();
            index.search(CatalogueQuery.ALL);
            long listed = System.nanoTime();
            index.search(question("topcat", Map.of()));
            long searched = System.nanoTime();
            System.out.printf(
                    "cold, %d entries: made in %.1f ms, first list %.1f ms, first search by words %.1f ms%n",
                    COLD_ENTRIES, millis(made - start), millis(listed - made), millis(searched - listed));
        }
    }

    private static void warm(int size) {
        List<CatalogueEntry> entries = GeneratedCatalogue.of(size);
        long start = System.nanoTime();
        try (CatalogueIndex index = CatalogueIndex.of(entries)) {
            long made = System.nanoTime();
            index.warmUp();
            System.out.printf(
                    "%,d entries: made in %.0f ms, words indexed in %.0f ms%n",
                    size, millis(made - start), millis(System.nanoTime() - made));
            report("no filters", index, Map.of());
            report("two filters", index, FILTERS);
        }
    }

    private static void report(String name, CatalogueIndex index, Map<Facet, Set<String>> filters) {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            QUESTIONS.forEach(text -> typed(index, text, filters));
        }
        double slowest = 0;
        double[] all = new double[0];
        for (String question : QUESTIONS) {
            double[][] rounds = new double[ROUNDS][];
            for (int round = 0; round < ROUNDS; round++) {
                rounds[round] = typed(index, question, filters);
            }
            double[] times =
                    Arrays.stream(rounds).flatMapToDouble(Arrays::stream).toArray();
            line("  " + question, times);
            all = DoubleStream.concat(Arrays.stream(all), Arrays.stream(times)).toArray();
            slowest = Math.max(slowest, slowestKeystroke(rounds));
        }
        line(name + ", all keystrokes", all);
        Arrays.sort(all);
        System.out.printf(
                Locale.ROOT,
                "keystroke %.3f %.3f %.3f%n",
                slowest,
                all[all.length / 2],
                all[(int) (all.length * 0.99)]);
    }

    /** The largest of the keystrokes' medians. */
    private static double slowestKeystroke(double[][] rounds) {
        return IntStream.range(0, rounds[0].length)
                .mapToDouble(key -> Arrays.stream(rounds)
                        .mapToDouble(times -> times[key])
                        .sorted()
                        .skip(rounds.length / 2)
                        .findFirst()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }

    /** Milliseconds of each keystroke. */
    private static double[] typed(CatalogueIndex index, String text, Map<Facet, Set<String>> filters) {
        double[] times = new double[text.length()];
        for (int length = 1; length <= text.length(); length++) {
            CatalogueQuery query = question(text.substring(0, length), filters);
            long start = System.nanoTime();
            CatalogueResult result = index.search(query);
            times[length - 1] = millis(System.nanoTime() - start);
            if (result.hits().size() > PAGE) {
                throw new IllegalStateException("more hits than asked for");
            }
        }
        return times;
    }

    private static CatalogueQuery question(String text, Map<Facet, Set<String>> filters) {
        return new CatalogueQuery(text, filters, Sort.RELEVANCE, 0, PAGE);
    }

    private static void line(String name, double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "  %-34s median %6.2f ms   p99 %6.2f ms   most %6.2f ms%n",
                name, sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.99)], sorted[sorted.length - 1]);
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
