package org.datalabs.desktop.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.task.LatestOnly;
import org.datalabs.desktop.view.Following;
import org.jspecify.annotations.Nullable;

/** What the catalogue page is asked for and what it found. */
final class CatalogueViewModel {
    private final Datazones datazones;
    private final ObjectProperty<Question> question = new SimpleObjectProperty<>(Question.START);
    private final BooleanProperty asList = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>(Found.NOTHING);
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(new Stage.Waiting());
    private final ReadOnlyObjectWrapper<Map<DatalabId, Session>> running = new ReadOnlyObjectWrapper<>(Map.of());
    private final LatestOnly searches = new LatestOnly();
    private final LatestOnly unfiltered = new LatestOnly();

    CatalogueViewModel(Datazones datazones) {
        this.datazones = datazones;
    }

    /**
     * What was found.
     *
     * @param inAll datalabs in the whole catalogue
     * @param hits ids in order
     * @param facets values with counts
     */
    record Found(int inAll, List<DatalabId> hits, Map<Facet, List<CatalogueResult.FacetCount>> facets) {
        static final Found NOTHING = new Found(0, List.of(), Map.of());
    }

    /** What there is to show. */
    sealed interface Stage {
        /** There was never a catalogue and the datazone is being asked. */
        record Waiting() implements Stage {}

        /** There was never a catalogue and the datazone cannot be asked. */
        record Unreachable(Problem problem) implements Stage {}

        /** The datazone has a catalogue with nothing in it. */
        record Bare() implements Stage {}

        /** Nothing matches; {@code without} tells how many would without filters, -1 when there are none. */
        record NoMatch(Question asked, int without) implements Stage {}

        /** The search itself failed. */
        record Failed(Problem problem) implements Stage {}

        record Shown() implements Stage {}
    }

    /** Follows the current datazone until unsubscribed. */
    Subscription follow() {
        Subscription catalogue =
                Following.value(datazones.currentProperty(), Datazone::catalogueProperty, this::search);
        Subscription connection = Following.value(datazones.currentProperty(), Datazone::connectionProperty, () -> {
            if (snapshot().isNone()) {
                search();
            }
        });
        Subscription sessions = Following.list(datazones.currentProperty(), Datazone::sessions, this::collectRunning);
        Subscription asked = question.subscribe((before, now) -> search());
        return Subscription.combine(catalogue, connection, sessions, asked, () -> {
            searches.cancel();
            unfiltered.cancel();
        });
    }

    ObjectProperty<Question> questionProperty() {
        return question;
    }

    /** Whether the list is shown in place of the grid. */
    BooleanProperty asListProperty() {
        return asList;
    }

    ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /** The user's newest live session per datalab. */
    ReadOnlyObjectProperty<Map<DatalabId, Session>> runningProperty() {
        return running.getReadOnlyProperty();
    }

    Datazone datazone() {
        return datazones.currentProperty().get();
    }

    /** The entry of a hit as it is now, or null when it has left the catalogue. */
    @Nullable
    CatalogueEntry entry(DatalabId id) {
        return snapshot().byId().get(id);
    }

    private CatalogueSnapshot snapshot() {
        return datazone().catalogueProperty().get();
    }

    private void search() {
        CatalogueSnapshot snapshot = snapshot();
        if (snapshot.isNone()) {
            searches.cancel();
            found.set(Found.NOTHING);
            Connection state = datazone().connectionProperty().get();
            stage.set(
                    state instanceof Connection.Offline offline
                            ? new Stage.Unreachable(offline.cause())
                            : new Stage.Waiting());
            return;
        }
        Question asked = question.get();
        searches.follow(
                datazone().search(asked.query()),
                result -> show(asked, snapshot, result),
                failure -> stage.set(new Stage.Failed(Problems.of(failure))));
    }

    private void show(Question asked, CatalogueSnapshot snapshot, CatalogueResult result) {
        List<DatalabId> hits = sift(asked, snapshot, result.hits());
        found.set(new Found(snapshot.byId().size(), hits, result.facets()));
        unfiltered.cancel();
        if (snapshot.byId().isEmpty()) {
            stage.set(new Stage.Bare());
        } else if (!hits.isEmpty()) {
            stage.set(new Stage.Shown());
        } else if (asked.isFiltered()) {
            CatalogueQuery without =
                    new CatalogueQuery(asked.text(), Map.of(), asked.query().sort(), 0, 1);
            CompletableFuture<CatalogueResult> search = datazone().search(without);
            unfiltered.follow(
                    search,
                    all -> stage.set(new Stage.NoMatch(asked, all.total())),
                    failure -> stage.set(new Stage.NoMatch(asked, 0)));
        } else {
            stage.set(new Stage.NoMatch(asked, -1));
        }
    }

    private static List<DatalabId> sift(Question asked, CatalogueSnapshot snapshot, List<DatalabId> hits) {
        if (!asked.starred() && !asked.bookmarked()) {
            return hits;
        }
        return hits.stream()
                .filter(id -> {
                    CatalogueEntry entry = snapshot.byId().get(id);
                    return entry != null
                            && (!asked.starred() || entry.starred())
                            && (!asked.bookmarked() || entry.bookmarked());
                })
                .toList();
    }

    private void collectRunning() {
        Map<DatalabId, Session> live = new HashMap<>();
        for (Session session : datazone().sessions()) {
            boolean ended =
                    session.state() instanceof SessionState.Stopped || session.state() instanceof SessionState.Failed;
            if (!ended) {
                live.putIfAbsent(session.datalab(), session);
            }
        }
        running.set(live);
    }

    /** The chosen filters in words, for the sentence of an empty result. */
    static List<String> chosen(Question asked) {
        return asked.filters().values().stream().flatMap(Set::stream).toList();
    }
}
