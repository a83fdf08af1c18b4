package org.datalabs.desktop.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaunchDeskTest {
    private static final DatalabId TOPCAT = FakeDatalabs.topcat().datalab().id();
    private static final QuotaUse FULL = new QuotaUse(FakeDatalabs.QUOTA, 5, Resources.of(5, 10));
    private static final QuotaUse ONE_LEFT = new QuotaUse(FakeDatalabs.QUOTA, 4, Resources.of(4, 8));

    private final FakeDatazone datazone = new FakeDatazone();
    private final Shown shown = new Shown();
    private final List<Session> opened = new ArrayList<>();
    private final LaunchDesk desk = new LaunchDesk(new FakeDatazones(datazone), shown, opened::add);

    private static final class Shown implements LaunchDialogs {
        private @Nullable LaunchWizardViewModel wizard;
        private @Nullable StopOneViewModel stopOne;
        private @Nullable Problem refusal;
        private final List<Runnable> shows = new ArrayList<>();
        private boolean closed;

        @Override
        public void wizard(LaunchWizardViewModel shown) {
            wizard = shown;
        }

        @Override
        public void stopOne(StopOneViewModel shown) {
            stopOne = shown;
        }

        @Override
        public void refused(String datalabName, Problem problem) {
            refusal = problem;
        }

        @Override
        public void started(Session session, Runnable show) {
            shows.add(show);
        }

        @Override
        public void close() {
            closed = true;
        }

        LaunchWizardViewModel theWizard() {
            assertThat(wizard).isNotNull();
            return wizard;
        }

        StopOneViewModel theChoice() {
            assertThat(stopOne).isNotNull();
            return stopOne;
        }
    }

    private Session running(int number) {
        return FakeDatalabs.session(number, FakeDatalabs.topcat(), new SessionState.Ready(FakeDatalabs.NOON));
    }

    @Test
    void runsAtOnceWithDefaultsAndOpensTheTab() {
        desk.run(TOPCAT);

        assertThat(datazone.commands()).containsExactly(LaunchRequest.defaults(TOPCAT));
        assertThat(opened).hasSize(1);
        assertThat(shown.wizard).isNull();
    }

    @Test
    void runsAgainWithTheSameChoices() {
        Session before = running(1);

        desk.runAgain(before);

        assertThat(datazone.commands(LaunchRequest.class))
                .containsExactly(new LaunchRequest(
                        before.datalab(),
                        before.version(),
                        before.name(),
                        null,
                        before.resources(),
                        before.mounts(),
                        Map.of(),
                        (int) Duration.between(before.createdAt(), before.endsAt())
                                .toMinutes()));
        assertThat(opened).isEmpty();
        shown.shows.get(0).run();
        assertThat(opened).hasSize(1);
    }

    @Test
    void runsAgainWithTheNextLargerMemory() {
        Session before = running(1);

        assertThat(desk.moreMemory(before)).isEqualTo(16 * Resources.GB);
        desk.runAgainWithMoreMemory(before);

        assertThat(datazone.commands(LaunchRequest.class))
                .extracting(LaunchRequest::resources)
                .containsExactly(Resources.of(1, 16));
    }

    @Test
    void opensTheWizardAtTheValueThatIsRefused() {
        datazone.refuse(Problem.fields(List.of(new FieldError("mounts[0].path", "No."))));

        desk.run(TOPCAT);

        assertThat(shown.theWizard().stepProperty().get()).isEqualTo(WizardStep.VOLUMES);
    }

    @Test
    void saysWhatNoOtherChoiceWouldMend() {
        Problem problem = Problem.of(ProblemCode.PROGRAM_MISSING, "TOPCAT is not installed.", "Install topcat.");
        datazone.refuse(problem);

        desk.run(TOPCAT);

        assertThat(shown.refusal).isEqualTo(problem);
        assertThat(shown.wizard).isNull();
    }

    @Test
    void offersToStopOneInsteadOfASixthSession() {
        datazone.setQuota(FULL);

        desk.run(TOPCAT);

        assertThat(datazone.commands()).isEmpty();
        assertThat(shown.theChoice().limit()).isEqualTo(5);
    }

    @Test
    void stopsTheChosenOneAndRunsWhenItsShareIsFree() {
        Session victim = running(1);
        datazone.setSessions(running(2), victim);
        datazone.setQuota(FULL);
        desk.run(TOPCAT);
        StopOneViewModel choice = shown.theChoice();
        assertThat(choice.candidates()).first().isEqualTo(victim);

        choice.chosenProperty().set(victim);
        choice.stopAndRun();
        assertThat(datazone.commands()).containsExactly(new FakeDatazone.Destroy(victim.id()));
        assertThat(choice.workingProperty().get()).isTrue();
        datazone.setQuota(ONE_LEFT);

        assertThat(datazone.commands()).last().isEqualTo(LaunchRequest.defaults(TOPCAT));
        assertThat(shown.closed).isTrue();
        assertThat(opened).hasSize(1);
    }

    @Test
    void launchesNothingWhenTheChoiceIsClosedBeforeThereIsRoom() {
        Session victim = running(1);
        datazone.setSessions(victim);
        datazone.setQuota(FULL);
        desk.run(TOPCAT);
        StopOneViewModel choice = shown.theChoice();
        choice.chosenProperty().set(victim);
        choice.stopAndRun();

        choice.close();
        datazone.setQuota(ONE_LEFT);

        assertThat(datazone.commands(LaunchRequest.class)).isEmpty();
    }

    @Test
    void staysWhereItIsWhenTheWizardIsNotToOpenTheTab() {
        desk.choose(TOPCAT);
        LaunchWizardViewModel wizard = shown.theWizard();
        wizard.openWhenReadyProperty().set(false);

        wizard.run();

        assertThat(shown.closed).isTrue();
        assertThat(opened).isEmpty();
    }

    @Test
    void saysWhenADatalabIsNotInTheCatalogue() {
        desk.choose(new DatalabId("nowhere"));

        assertThat(shown.refusal).extracting(Problem::code).isEqualTo(ProblemCode.NOT_FOUND);
    }
}
