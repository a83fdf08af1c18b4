package org.datalabs.desktop.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.CatalogueSnapshot;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueViewModelTest {
    private static final DatalabId TOPCAT = new DatalabId("topcat");
    private static final DatalabId JUPYTER = new DatalabId("jupyterlab");

    private final FakeDatazone local = new FakeDatazone();
    private final FakeDatazone cloud = new FakeDatazone("cloud");
    private final FakeDatazones datazones = new FakeDatazones(local, cloud);
    private final CatalogueViewModel model = new CatalogueViewModel(datazones);
    private final Subscription followed = model.follow();

    @AfterEach
    void stop() {
        followed.unsubscribe();
    }

    @Test
    void showsEverythingAtFirst() {
        assertThat(hits()).hasSize(3);
        assertThat(stage()).isInstanceOf(CatalogueViewModel.Stage.Shown.class);
    }

    @Test
    void dropsTheAnswerToAnOlderQuestion() {
        local.holdAnswers();
        ask(question().withText("top"));
        ask(question().withText("jup"));
        local.answerAll();

        assertThat(hits()).containsExactly(JUPYTER);
    }

    @Test
    void siftsStarsAndBookmarks() {
        CatalogueEntry starred = marked(FakeDatalabs.topcat(), true, false);
        CatalogueEntry bookmarked = marked(FakeDatalabs.jupyter(), false, true);
        local.setCatalogue(starred, bookmarked);

        ask(question().withStarred(true));
        assertThat(hits()).containsExactly(TOPCAT);

        ask(question().withStarred(false).withBookmarked(true));
        assertThat(hits()).containsExactly(JUPYTER);

        ask(question().withStarred(true).withBookmarked(true));
        assertThat(stage()).isEqualTo(new CatalogueViewModel.Stage.NoMatch(question(), 2));
    }

    @Test
    void tellsHowManyWouldMatchWithoutFilters() {
        ask(question().withText("topcat").with(Facet.KIND, "web", true));
        assertThat(stage()).isEqualTo(new CatalogueViewModel.Stage.NoMatch(question(), 1));

        ask(question().withText("nothing like it").withoutFilters());
        assertThat(stage()).isEqualTo(new CatalogueViewModel.Stage.NoMatch(question(), -1));
    }

    @Test
    void waitsForItsFirstCatalogueAndSaysWhenItCannotComeSoon() {
        cloud.setCatalogue(CatalogueSnapshot.NONE);
        cloud.goOnline();
        datazones.select(cloud);
        assertThat(stage()).isInstanceOf(CatalogueViewModel.Stage.Waiting.class);

        cloud.goOffline();
        assertThat(stage())
                .isInstanceOfSatisfying(
                        CatalogueViewModel.Stage.Unreachable.class,
                        unreachable -> assertThat(unreachable.problem().code()).isEqualTo(ProblemCode.UNREACHABLE));

        cloud.setCatalogue(FakeDatalabs.topcat());
        assertThat(stage()).isInstanceOf(CatalogueViewModel.Stage.Shown.class);
    }

    @Test
    void staysOnTheLastCatalogueOffline() {
        local.goOffline();
        ask(question().withText("topcat"));

        assertThat(hits()).containsExactly(TOPCAT);
    }

    @Test
    void knowsTheLiveSessionOfADatalabAndNoEndedOne() {
        CatalogueEntry topcat = FakeDatalabs.topcat();
        local.setSessions(
                FakeDatalabs.session(2, FakeDatalabs.jupyter(), new SessionState.Stopped(FakeDatalabs.NOON)),
                FakeDatalabs.ready(1, topcat));

        assertThat(model.runningProperty().get()).containsOnlyKeys(TOPCAT);
    }

    @Test
    void asksForTheBestMatchesOnlyWhenThereAreWords() {
        assertThat(Question.START.query().sort()).isEqualTo(CatalogueQuery.Sort.MOST_USED);
        assertThat(Question.START.withText("sky").query().sort()).isEqualTo(CatalogueQuery.Sort.RELEVANCE);
        assertThat(Question.START
                        .withText("sky")
                        .withSort(CatalogueQuery.Sort.NAME)
                        .query()
                        .sort())
                .isEqualTo(CatalogueQuery.Sort.NAME);
    }

    @Test
    void forgetsAFacetWhenItsLastValueGoes() {
        Question two = Question.START.with(Facet.KIND, "web", true).with(Facet.MISSION, "Gaia", true);

        assertThat(two.with(Facet.KIND, "web", false).filters()).containsOnlyKeys(Facet.MISSION);
        assertThat(two.withoutFilters().isFiltered()).isFalse();
        assertThat(Question.START.withText("x".repeat(500)).text()).hasSize(200);
    }

    private static CatalogueEntry marked(CatalogueEntry entry, boolean starred, boolean bookmarked) {
        return new CatalogueEntry(
                entry.datalab(), entry.availability(), entry.stars(), entry.runs(), starred, bookmarked);
    }

    private List<DatalabId> hits() {
        return model.foundProperty().get().hits();
    }

    private CatalogueViewModel.Stage stage() {
        return model.stageProperty().get();
    }

    private Question question() {
        return model.questionProperty().get();
    }

    private void ask(Question question) {
        model.questionProperty().set(question);
    }
}
