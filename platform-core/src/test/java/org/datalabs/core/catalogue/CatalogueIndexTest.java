package org.datalabs.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.core.catalogue.Datalabs.datalab;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datalabs.core.catalogue.CatalogueQuery.Sort;
import org.datalabs.core.catalogue.CatalogueResult.FacetCount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueIndexTest {
    private final List<CatalogueEntry> entries = List.of(
            datalab("jupyterlab", "JupyterLab")
                    .kind(Kind.WEB)
                    .summary("Notebooks for Python.")
                    .domains("Astronomy")
                    .themes("Notebooks")
                    .keywords("python", "astropy")
                    .versions(Datalabs.version("4.3", LocalDate.of(2026, 5, 1), false))
                    .entry(10, 900),
            datalab("jupyterlab-cuda", "JupyterLab CUDA")
                    .kind(Kind.WEB)
                    .summary("Notebooks with a GPU.")
                    .domains("Astronomy")
                    .themes("Notebooks", "Machine learning")
                    .entry(5, 300),
            datalab("topcat", "TOPCAT")
                    .summary("Tables of millions of rows.")
                    .description("Joins catalogues; sends rows to DS9 and Aladin.")
                    .domains("Astronomy")
                    .themes("Catalogues")
                    .keywords("votable", "samp", "cross-match")
                    .versions(Datalabs.version("4.8", LocalDate.of(2026, 9, 1), false))
                    .entry(50, 800),
            datalab("ds9", "SAOImage DS9")
                    .summary("Images of the sky.")
                    .domains("Astronomy")
                    .themes("Imaging")
                    .keywords("fits")
                    .entry(20, 700),
            datalab("jl-xmm-sas", "jl-xmm-sas")
                    .kind(Kind.WEB)
                    .summary("X-ray event lists.")
                    .domains("Astronomy")
                    .missions("XMM-Newton")
                    .instruments("EPIC", "RGS")
                    .themes("Notebooks", "Spectroscopy")
                    .entry(3, 200),
            datalab("jl-juice", "jl-juice")
                    .kind(Kind.WEB)
                    .summary("Ganymède and Europa, cratères included.")
                    .domains("Planetary science")
                    .missions("JUICE")
                    .themes("Notebooks")
                    .entry(1, 100),
            datalab("aladin", "Aladin")
                    .summary("Sky atlas with spectroscopy overlays.")
                    .domains("Astronomy", "Planetary science")
                    .themes("Imaging")
                    .entry(0, 0));
    private final CatalogueIndex index = CatalogueIndex.of(entries);

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "topcat, topcat",
        "TopCat, topcat",
        "top, topcat",
        "jup, jupyterlab jupyterlab-cuda",
        "lab, jupyterlab jupyterlab-cuda",
        "jupyter lab, jupyterlab jupyterlab-cuda",
        "jupyterlab cuda, jupyterlab-cuda",
        "ds9, ds9 topcat",
        "DS 9, ds9 topcat",
        "sao, ds9",
        "image, ds9",
        "saoimage ds, ds9",
        "xmm, jl-xmm-sas",
        "xmm-newton, jl-xmm-sas",
        "xmmnewton, jl-xmm-sas",
        "newton, jl-xmm-sas",
        "jl-xmm-sas, jl-xmm-sas",
        "jl-x, jl-xmm-sas",
        "xmm-sas, jl-xmm-sas",
        "sas, jl-xmm-sas",
        "x-ray, jl-xmm-sas",
        "xray, jl-xmm-sas",
        "x ray, jl-xmm-sas",
        "ganymede, jl-juice",
        "GANYMÈDE, jl-juice",
        "crate, jl-juice",
        "epic, jl-xmm-sas",
        "crossmatch, topcat",
        "planetary, jl-juice aladin",
        "python notebooks, jupyterlab",
    })
    void findsByWholeWordsAndParts(String text, String expected) {
        assertThat(ids(text)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "topcta, topcat",
        "tpocat, topcat",
        "opcat, topcat",
        "jupytrelab, jupyterlab jupyterlab-cuda",
        "jupyter notebok, jupyterlab jupyterlab-cuda",
        "spectroscpy, jl-xmm-sas aladin",
        "spectorscpy, jl-xmm-sas aladin",
        "aldin, aladin topcat",
        "tabl row, topcat",
    })
    void forgivesTypingErrorsWhenNothingElseMatches(String text, String expected) {
        assertThat(ids(text)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzzz", "topcat zzzz", "sap9", "xyz", "dt9"})
    void findsNothingWhereNothingIsMeant(String text) {
        assertThat(ids(text)).isEmpty();
    }

    @Test
    void keepsToWhatIsWrittenWhenThatMatches() {
        assertThat(ids("samp")).containsExactly("topcat");
        assertThat(ids("sky")).containsExactlyInAnyOrder("ds9", "aladin");
    }

    @Test
    void putsTheExactNameFirstThenNamesThatStartSo() {
        assertThat(ids("jupyterlab")).containsExactly("jupyterlab", "jupyterlab-cuda");
        assertThat(ids("ds9")).containsExactly("ds9", "topcat");
        try (CatalogueIndex other = CatalogueIndex.of(List.of(
                datalab("a", "Python tables").entry(0, 999),
                datalab("b", "Table").entry(0, 1),
                datalab("c", "Table viewer").entry(0, 2),
                datalab("d", "Viewer").keywords("table").entry(0, 500),
                datalab("e", "Other").description("A table.").entry(0, 900)))) {
            assertThat(ids(other, "table")).containsExactly("b", "c", "a", "d", "e");
        }
    }

    @Test
    void ordersEqualMatchesByUse() {
        assertThat(ids("notebooks")).containsExactly("jupyterlab", "jupyterlab-cuda", "jl-xmm-sas", "jl-juice");
    }

    @ParameterizedTest
    @CsvSource({
        "RELEVANCE, jupyterlab topcat ds9 jupyterlab-cuda jl-xmm-sas jl-juice aladin",
        "MOST_USED, jupyterlab topcat ds9 jupyterlab-cuda jl-xmm-sas jl-juice aladin",
        "NAME, aladin jl-juice jl-xmm-sas jupyterlab jupyterlab-cuda ds9 topcat",
        "NEWEST, topcat jupyterlab ds9 jupyterlab-cuda jl-xmm-sas jl-juice aladin",
    })
    void sortsWithoutWords(Sort sort, String expected) {
        CatalogueResult all = index.search(new CatalogueQuery("  ", Map.of(), sort, 0, Integer.MAX_VALUE));
        assertThat(all.hits()).extracting(DatalabId::value).containsExactly(expected.split(" "));
        CatalogueResult part = index.search(new CatalogueQuery("-", Map.of(), sort, 2, 3));
        assertThat(part.total()).isEqualTo(7);
        assertThat(part.hits()).isEqualTo(all.hits().subList(2, 5));
    }

    @Test
    void sortsMatchesAsAsked() {
        CatalogueQuery query = new CatalogueQuery("notebooks", Map.of(), Sort.NAME, 1, 2);
        assertThat(index.search(query).hits()).extracting(DatalabId::value).containsExactly("jl-xmm-sas", "jupyterlab");
    }

    @Test
    void givesNothingBeyondTheEnd() {
        for (Sort sort : Sort.values()) {
            CatalogueResult result = index.search(new CatalogueQuery("jl", Map.of(), sort, 100, 10));
            assertThat(result.total()).isEqualTo(2);
            assertThat(result.hits()).isEmpty();
        }
    }

    @Test
    void countsFacetsWithoutTheirOwnFilter() {
        Map<Facet, Set<String>> filters =
                Map.of(Facet.KIND, Set.of("web"), Facet.THEME, Set.of("Spectroscopy", "Machine learning"));
        CatalogueResult result = index.search(new CatalogueQuery("", filters, Sort.NAME, 0, 10));
        assertThat(result.hits()).extracting(DatalabId::value).containsExactly("jl-xmm-sas", "jupyterlab-cuda");
        assertThat(result.facets().get(Facet.KIND)).containsExactly(new FacetCount("web", 2));
        assertThat(result.facets().get(Facet.THEME))
                .containsExactly(
                        new FacetCount("Notebooks", 4),
                        new FacetCount("Machine learning", 1),
                        new FacetCount("Spectroscopy", 1));
        assertThat(result.facets().get(Facet.MISSION)).containsExactly(new FacetCount("XMM-Newton", 1));
    }

    @Test
    void agreesWithCountingByHandForAllPairsOfFilters() {
        for (String kind : List.of("", "web", "desktop")) {
            for (String theme : List.of("", "Notebooks", "Imaging", "No such theme")) {
                for (String text : List.of("", "jl", "sky")) {
                    Map<Facet, Set<String>> filters = new EnumMap<>(Facet.class);
                    filters.put(Facet.KIND, kind.isEmpty() ? Set.of() : Set.of(kind));
                    filters.put(Facet.THEME, theme.isEmpty() ? Set.of() : Set.of(theme));
                    compare(text, filters);
                }
            }
        }
    }

    private void compare(String text, Map<Facet, Set<String>> filters) {
        CatalogueResult result = index.search(new CatalogueQuery(text, filters, Sort.RELEVANCE, 0, 100));
        List<CatalogueEntry> matching = entries.stream()
                .filter(entry -> text.isEmpty()
                        || ids(text).contains(entry.datalab().id().value()))
                .toList();
        assertThat(result.total()).isEqualTo((int) matching.stream()
                .filter(entry -> passes(entry, filters, EnumSet.allOf(Facet.class)))
                .count());
        for (Facet facet : Facet.values()) {
            List<CatalogueEntry> counted = matching.stream()
                    .filter(entry -> passes(entry, filters, EnumSet.complementOf(EnumSet.of(facet))))
                    .toList();
            Set<String> values = new TreeSet<>();
            counted.forEach(entry -> values.addAll(values(entry, facet)));
            List<FacetCount> expected = new ArrayList<>();
            values.forEach(value -> expected.add(new FacetCount(value, (int) counted.stream()
                    .filter(entry -> values(entry, facet).contains(value))
                    .count())));
            assertThat(result.facets().get(facet))
                    .as("%s of '%s' with %s", facet, text, filters)
                    .filteredOn(count -> count.count() > 0)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean passes(CatalogueEntry entry, Map<Facet, Set<String>> filters, Set<Facet> looked) {
        return filters.entrySet().stream()
                .filter(filter -> looked.contains(filter.getKey()))
                .allMatch(filter -> filter.getValue().isEmpty()
                        || values(entry, filter.getKey()).stream().anyMatch(filter.getValue()::contains));
    }

    private static List<String> values(CatalogueEntry entry, Facet facet) {
        Datalab datalab = entry.datalab();
        return switch (facet) {
            case KIND -> List.of(datalab.kind() == Kind.WEB ? "web" : "desktop");
            case DOMAIN -> datalab.domains();
            case MISSION -> datalab.missions();
            case INSTRUMENT -> datalab.instruments();
            case THEME -> datalab.themes();
        };
    }

    @Test
    void keepsAChosenValueThatNothingCarries() {
        CatalogueResult result = index.search(
                new CatalogueQuery("topcat", Map.of(Facet.MISSION, Set.of("Gaia")), Sort.RELEVANCE, 0, 10));
        assertThat(result.total()).isZero();
        assertThat(result.facets().get(Facet.MISSION)).containsExactly(new FacetCount("Gaia", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "*",
                "a*",
                "field:value",
                "(",
                "\\",
                "~2",
                "AND",
                "+-!(){}[]^\"~*?:\\/",
                "\u0000",
                "\uD800",
                "🔭",
                "ﬁ",
                "İ",
                "ẞ",
            })
    void takesAnythingThatCanBeTyped(String text) {
        assertThat(index.search(new CatalogueQuery(text, Map.of(), Sort.RELEVANCE, 0, 10))
                        .facets())
                .hasSize(Facet.values().length);
    }

    @Test
    void takesLongQuestions() {
        assertThat(ids("topcat ".repeat(2000))).containsExactly("topcat");
        assertThat(ids("x".repeat(100_000))).isEmpty();
        assertThat(ids("q-".repeat(99))).isEmpty();
    }

    @Test
    void searchesAnEmptyCatalogue() {
        try (CatalogueIndex empty = CatalogueIndex.of(List.of())) {
            assertThat(empty.search(CatalogueQuery.ALL).total()).isZero();
            assertThat(ids(empty, "topcat")).isEmpty();
        }
    }

    @Test
    void answersManyThreadsAlike() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int question = 0; question < 200; question++) {
                String text = question % 2 == 0 ? "notebooks" : "topcta";
                answers.add(threads.submit(() -> ids(text)));
            }
            for (int question = 0; question < answers.size(); question++) {
                assertThat(answers.get(question).get()).hasSize(question % 2 == 0 ? 4 : 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> ids(String text) {
        return ids(index, text);
    }

    private static List<String> ids(CatalogueIndex index, String text) {
        return index.search(new CatalogueQuery(text, Map.of(), Sort.RELEVANCE, 0, 100)).hits().stream()
                .map(DatalabId::value)
                .toList();
    }
}
