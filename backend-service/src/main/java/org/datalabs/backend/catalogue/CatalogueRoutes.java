package org.datalabs.backend.catalogue;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.datalabs.backend.http.Answer;
import org.datalabs.backend.http.ApiRequest;
import org.datalabs.backend.http.Parameter;
import org.datalabs.backend.http.Route;
import org.datalabs.backend.http.Shape;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.Marks;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CataloguePage;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.catalogue.ManifestProblem;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The routes of the catalogue. */
public final class CatalogueRoutes {
    private static final String ONE = ApiPaths.CATALOGUE + "/{datalab}";
    private static final int USUAL_PAGE = 100;
    private static final int MOST_PAGE = 500;
    private static final int USUAL_HITS = 50;
    private static final int MOST_HITS = 100_000;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_VALUES = 50;

    private final CatalogueService catalogue;

    public CatalogueRoutes(CatalogueService catalogue) {
        this.catalogue = catalogue;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(ApiPaths.CATALOGUE)
                        .summary("The catalogue, page by page, ordered by id.")
                        .query(
                                Parameter.text("cursor", "From the page before; none for the first page."),
                                Parameter.number("limit", "Most entries, at most " + MOST_PAGE + "."))
                        .header(Parameter.text("If-None-Match", "The ETag of a catalogue that is known already."))
                        .answers(200, Shape.of(CataloguePage.class))
                        .answers(304)
                        .by(this::page),
                Route.get(ApiPaths.CATALOGUE + "/search")
                        .summary("Searches the catalogue.")
                        .query(
                                Parameter.text("q", "What was typed, at most " + LONGEST_TEXT + " characters."),
                                Parameter.text("kind", "web or desktop; may be repeated."),
                                Parameter.text("domain", "A field of science; may be repeated."),
                                Parameter.text("mission", "A mission; may be repeated."),
                                Parameter.text("instrument", "An instrument; may be repeated."),
                                Parameter.text("theme", "A theme; may be repeated."),
                                Parameter.text("sort", "RELEVANCE, MOST_USED, NAME or NEWEST."),
                                Parameter.number("offset", "Hits to skip."),
                                Parameter.number("limit", "Most hits."))
                        .answers(200, Shape.of(CatalogueResult.class))
                        .by(request -> Answer.ok(catalogue.search(request.user().id(), query(request)))),
                Route.get(ApiPaths.CATALOGUE + "/problems")
                        .summary("Manifests that could not be read.")
                        .answers(200, Shape.listOf(ManifestProblem.class))
                        .by(request -> Answer.ok(catalogue.problems())),
                Route.get(ONE)
                        .summary("A datalab.")
                        .answers(200, Shape.of(CatalogueEntry.class))
                        .by(request -> Answer.ok(entry(request, id(request)))),
                Route.put(ONE + "/marks")
                        .summary("Stars or bookmarks a datalab.")
                        .body(Marks.class)
                        .answers(200, Shape.of(CatalogueEntry.class))
                        .by(this::mark));
    }

    private Answer page(ApiRequest request) {
        int limit = (int) request.number("limit", USUAL_PAGE, 1, MOST_PAGE);
        DatalabId after = request.query("cursor").map(CatalogueRoutes::cursor).orElse(null);
        CatalogueService.Part part = catalogue.part(request.user().id(), after, limit);
        String tag = "\"" + part.tag() + "\"";
        Map<String, String> headers = Map.of("ETag", tag, "Cache-Control", "private, no-cache");
        String known = request.header("If-None-Match").orElse("");
        if (matches(known, tag)) {
            return new Answer.Empty(304, headers);
        }
        return new Answer.Body(200, part.page(), headers);
    }

    private Answer mark(ApiRequest request) {
        DatalabId id = id(request);
        Marks marks = request.body(Marks.class);
        entry(request, id);
        catalogue.mark(request.user().id(), id, marks.starred(), marks.bookmarked());
        return Answer.ok(entry(request, id));
    }

    private CatalogueEntry entry(ApiRequest request, DatalabId id) {
        return catalogue.entry(request.user().id(), id).orElseThrow(CatalogueRoutes::unknown);
    }

    private static CatalogueQuery query(ApiRequest request) {
        String text = request.query("q").orElse("");
        if (text.length() > LONGEST_TEXT) {
            throw new ProblemException(Problem.field("q", "Search for at most " + LONGEST_TEXT + " characters."));
        }
        Map<Facet, Set<String>> filters = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            String name = facet.name().toLowerCase(Locale.ROOT);
            List<String> values = request.queries(name);
            if (values.size() > MOST_VALUES) {
                throw new ProblemException(Problem.field(name, "Choose at most " + MOST_VALUES + " values."));
            }
            if (!values.isEmpty()) {
                filters.put(facet, Set.copyOf(values));
            }
        }
        int offset = (int) request.number("offset", 0, 0, Integer.MAX_VALUE);
        int limit = (int) request.number("limit", USUAL_HITS, 1, MOST_HITS);
        return new CatalogueQuery(text, filters, sort(request), offset, limit);
    }

    private static CatalogueQuery.Sort sort(ApiRequest request) {
        String name = request.query("sort").orElse(CatalogueQuery.Sort.RELEVANCE.name());
        for (CatalogueQuery.Sort sort : CatalogueQuery.Sort.values()) {
            if (sort.name().equals(name)) {
                return sort;
            }
        }
        throw new ProblemException(Problem.field("sort", "Choose one of RELEVANCE, MOST_USED, NAME, NEWEST."));
    }

    /** Whether an If-None-Match names the tag (RFC 9110, section 13.1.2). */
    private static boolean matches(@Nullable String header, String tag) {
        if (header == null || header.isBlank()) {
            return false;
        }
        for (String one : header.split(",", -1)) {
            String known = one.strip();
            if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static DatalabId cursor(String text) {
        if (!DatalabId.isValid(text)) {
            throw new ProblemException(Problem.field("cursor", "Give the cursor of an earlier page unchanged."));
        }
        return new DatalabId(text);
    }

    private static DatalabId id(ApiRequest request) {
        String value = request.path("datalab");
        if (!DatalabId.isValid(value)) {
            throw unknown();
        }
        return new DatalabId(value);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "There is no such datalab in the catalogue.",
                "It may have been removed; look at the catalogue again.");
    }
}
