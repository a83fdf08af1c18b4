package org.datalabs.desktop.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.CapacityRules;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.junit.jupiter.api.Test;

class LaunchWizardViewModelTest {
    private final FakeDatazone datazone = new FakeDatazone();
    private final List<Session> launched = new ArrayList<>();

    private LaunchWizardViewModel wizard() {
        return wizard(LaunchRequest.defaults(FakeDatalabs.topcat().datalab().id()));
    }

    private LaunchWizardViewModel wizard(LaunchRequest settings) {
        LaunchWizardViewModel wizard = new LaunchWizardViewModel(datazone, FakeDatalabs.topcat(), settings);
        wizard.setOnLaunched(launched::add);
        return wizard;
    }

    private static Volume custom(String name) {
        return FakeDatalabs.custom(new NewVolume(name, "/srv/" + name, false, null, null));
    }

    @Test
    void fillsInTheMaintainersSettings() {
        LaunchWizardViewModel wizard = wizard();

        assertThat(wizard.request())
                .isEqualTo(new LaunchRequest(
                        FakeDatalabs.topcat().datalab().id(),
                        "4.8",
                        "TOPCAT",
                        "small",
                        null,
                        List.of(new Mount(FakeDatalabs.SAMPLES, "/data/samples", true)),
                        Map.of(),
                        1440));
        assertThat(wizard.verdictProperty().get().accepted()).isTrue();
    }

    @Test
    void asksForItsOwnResourcesWhenNoPresetGrantsThem() {
        LaunchWizardViewModel wizard = wizard();

        wizard.resources().setCpu(3100);
        wizard.resources().setMemory(5.2 * Resources.GB);

        assertThat(wizard.request().preset()).isNull();
        assertThat(wizard.request().resources()).isEqualTo(Resources.of(3, 5));
    }

    @Test
    void keepsResourcesWithinTheDatalabsLimits() {
        LaunchWizardViewModel wizard = wizard();

        wizard.resources().setCpu(99_000);
        wizard.resources().setMemory(1);

        assertThat(wizard.resources().resources()).isEqualTo(new Resources(8000, Resources.GB / 2, 0));
    }

    @Test
    void locksThePresetThatTheQuotaHasNoRoomFor() {
        datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 1, Resources.of(6, 4)));
        LaunchWizardViewModel wizard = wizard();

        var large = wizard.datalab().preset("large").orElseThrow();

        assertThat(wizard.resources().lock(large))
                .contains(new ResourceChoices.Lock(ResourceChoices.Obstacle.CPU, 2000));
        wizard.resources().choose(large);
        assertThat(wizard.resources().chosenPreset()).map(preset -> preset.id()).contains("small");
    }

    @Test
    void refusesTwoVolumesInOneFolderAndSuggestsAnother() {
        datazone.setVolumes(FakeDatalabs.samples(), custom("mine"));
        LaunchWizardViewModel wizard = wizard();
        wizard.volumes().choose(custom("mine"));
        MountChoice mine = wizard.volumes().mounts().get(1);

        mine.pathProperty().set("/data/samples");

        assertThat(mine.errorProperty().get()).contains("Samples already uses /data/samples");
        assertThat(mine.suggestionProperty().get()).isEqualTo("/data/mine");
        assertThat(wizard.verdictProperty().get().refuses(WizardStep.VOLUMES)).isTrue();

        wizard.volumes().takeSuggestion(mine);
        assertThat(mine.errorProperty().get()).isEmpty();
        assertThat(wizard.verdictProperty().get().accepted()).isTrue();
    }

    @Test
    void goesToTheRefusedStepInsteadOfLaunching() {
        LaunchWizardViewModel wizard = wizard();
        wizard.volumes().mounts().get(0).pathProperty().set("/etc/x");

        wizard.run();

        assertThat(wizard.stepProperty().get()).isEqualTo(WizardStep.VOLUMES);
        assertThat(datazone.commands(LaunchRequest.class)).isEmpty();
    }

    @Test
    void launchesAtAnyStepOnceEvenWhenAskedTwice() {
        datazone.holdAnswers();
        LaunchWizardViewModel wizard = wizard();

        wizard.run();
        wizard.run();
        assertThat(wizard.runningProperty().get()).isTrue();
        datazone.answerAll();

        assertThat(datazone.commands(LaunchRequest.class)).containsExactly(wizard.request());
        assertThat(launched).hasSize(1);
    }

    @Test
    void showsWhatTheDatazoneRefusesAtItsFieldUntilAChoiceChanges() {
        LaunchWizardViewModel wizard = wizard();
        datazone.refuse(Problem.fields(List.of(new FieldError("name", "Choose another name."))));

        wizard.run();

        assertThat(wizard.stepProperty().get()).isEqualTo(WizardStep.REVIEW);
        assertThat(wizard.verdictProperty().get().error("name")).contains("Choose another name.");
        wizard.nameProperty().set("Better");
        assertThat(wizard.verdictProperty().get().accepted()).isTrue();
    }

    @Test
    void handsTheRequestOverWhenAllSessionsAreUsed() {
        datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 5, Resources.of(5, 10)));
        List<LaunchRequest> handed = new ArrayList<>();
        LaunchWizardViewModel wizard = wizard();
        wizard.setOnSessionsUsedUp(handed::add);

        wizard.run();

        assertThat(handed).containsExactly(wizard.request());
        assertThat(datazone.commands(LaunchRequest.class)).isEmpty();
    }

    @Test
    void launchesNothingWhileOffline() {
        LaunchWizardViewModel wizard = wizard();
        datazone.goOffline();

        wizard.run();

        assertThat(datazone.commands()).isEmpty();
    }

    @Test
    void tellsAnotherRefusalAndStaysOpen() {
        LaunchWizardViewModel wizard = wizard();
        datazone.refuse(Problem.of(ProblemCode.DISK_FULL, "The disk is full.", "Free some space."));

        wizard.run();

        assertThat(launched).isEmpty();
        assertThat(wizard.verdictProperty().get().refusal()).map(Problem::what).contains("The disk is full.");
    }

    @Test
    void listsWantedVolumesFirstAndSearchesThem() {
        datazone.setVolumes(custom("alpha"), FakeDatalabs.samples());
        VolumesViewModel volumes = wizard().volumes();
        assertThat(volumes.listed()).extracting(Volume::name).containsExactly("Samples", "alpha");

        volumes.searchProperty().set("ALP");
        assertThat(volumes.listed()).extracting(Volume::name).containsExactly("alpha");
        volumes.searchProperty().set("");
        volumes.filterProperty().set(VolumesViewModel.Filter.ARCHIVES);
        assertThat(volumes.listed()).extracting(Volume::name).containsExactly("Samples");
        assertThat(volumes.count(VolumesViewModel.Filter.YOURS)).isEqualTo(1);
    }

    @Test
    void listsAVolumeThatAppearsWhileItIsOpen() {
        VolumesViewModel volumes = wizard().volumes();

        datazone.setVolumes(FakeDatalabs.samples(), custom("later"));

        assertThat(volumes.listed()).extracting(Volume::name).contains("later");
    }

    @Test
    void foretellsFromFreeRoomWhetherALaunchWouldWait() {
        datazone.setCapacity(new Capacity(List.of(new Capacity.Room(Resources.of(1, 2), Resources.of(4, 8)))));
        LaunchWizardViewModel wizard = wizard();

        assertThat(wizard.resources().outlook()).contains(CapacityRules.Outlook.STARTS_NOW);
        wizard.resources().setCpu(4000);
        assertThat(wizard.resources().outlook()).contains(CapacityRules.Outlook.WAITS);
        wizard.resources().setCpu(5000);
        assertThat(wizard.resources().outlook()).contains(CapacityRules.Outlook.NEVER);
        assertThat(wizard.verdictProperty().get().accepted()).isTrue();
    }
}
