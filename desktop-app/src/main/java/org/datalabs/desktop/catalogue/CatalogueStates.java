package org.datalabs.desktop.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ViewState;

/** Tells in words what the catalogue page shows when it has no datalabs to show. */
final class CatalogueStates {
    private final Texts texts = Texts.of(CatalogueStates.class);
    private final ScreenContext context;
    private final CatalogueViewModel model;

    CatalogueStates(ScreenContext context, CatalogueViewModel model) {
        this.context = context;
        this.model = model;
    }

    ViewState of(CatalogueViewModel.Stage stage) {
        String zone = model.datazone().name();
        if (stage instanceof CatalogueViewModel.Stage.Waiting) {
            return new ViewState.Loading(texts.get("loading", zone));
        } else if (stage instanceof CatalogueViewModel.Stage.Unreachable unreachable) {
            return broken(texts.get("unreachable", zone), unreachable.problem());
        } else if (stage instanceof CatalogueViewModel.Stage.Failed failed) {
            return new ViewState.Broken(
                    texts.get("search.failed"),
                    failed.problem(),
                    List.of(new Action(texts.get("clear.all"), this::clearAll)));
        } else if (stage instanceof CatalogueViewModel.Stage.Bare) {
            return new ViewState.Empty(
                    ViewState.Drawing.ORBIT, texts.get("bare", zone), texts.get("bare.text"), List.of());
        } else if (stage instanceof CatalogueViewModel.Stage.NoMatch none) {
            return noMatch(none);
        }
        return new ViewState.Content();
    }

    private ViewState broken(String title, Problem problem) {
        List<Action> actions = new ArrayList<>();
        context.datazones().all().stream()
                .filter(other -> other.connectionProperty().get() instanceof Connection.Online)
                .findFirst()
                .ifPresent(other -> actions.add(new Action(texts.get("work.on", other.name()), () -> context.datazones()
                        .select(other))));
        Datazone current = model.datazone();
        actions.add(new Action(texts.get("try.again"), current::retryNow));
        return new ViewState.Broken(title, problem, actions);
    }

    private ViewState noMatch(CatalogueViewModel.Stage.NoMatch none) {
        Question asked = none.asked();
        String title = asked.text().isBlank()
                ? texts.get("none.filtered")
                : texts.get("none", asked.text().strip());
        if (none.without() < 0) {
            return new ViewState.Empty(
                    ViewState.Drawing.SEARCH,
                    title,
                    texts.get("none.text"),
                    List.of(new Action(texts.get("clear.search"), this::clearAll)));
        }
        String filters = texts.get("none.filters", count(asked), words(asked), none.without());
        List<Action> actions = none.without() == 0
                ? List.of(new Action(texts.get("clear.all"), this::clearAll))
                : List.of(new Action(texts.get("filter.clear"), this::clearFilters));
        return new ViewState.Empty(ViewState.Drawing.SEARCH, title, filters, actions);
    }

    private int count(Question asked) {
        return CatalogueViewModel.chosen(asked).size() + (asked.starred() ? 1 : 0) + (asked.bookmarked() ? 1 : 0);
    }

    private String words(Question asked) {
        List<String> words = new ArrayList<>();
        asked.filters()
                .forEach((facet, values) -> values.forEach(value -> words.add(FacetGroup.word(texts, facet, value))));
        if (asked.starred()) {
            words.add(texts.get("filter.starred"));
        }
        if (asked.bookmarked()) {
            words.add(texts.get("filter.bookmarks"));
        }
        int last = words.size() - 1;
        return last < 1 ? words.get(0) : texts.get("and", String.join(", ", words.subList(0, last)), words.get(last));
    }

    private void clearFilters() {
        model.questionProperty().set(model.questionProperty().get().withoutFilters());
    }

    private void clearAll() {
        model.questionProperty()
                .set(Question.START.withSort(model.questionProperty().get().sort()));
    }
}
