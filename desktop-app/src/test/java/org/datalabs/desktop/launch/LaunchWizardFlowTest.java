package org.datalabs.desktop.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.window.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchWizardFlowTest {
    private static final DatalabId TOPCAT = FakeDatalabs.topcat().datalab().id();

    private final FakeDatazone datazone = new FakeDatazone();
    private final List<Session> opened = new ArrayList<>();
    private final TestWindow window = new TestWindow();
    private final LaunchPort launches = window.call(() -> new LaunchDesk(
            new FakeDatazones(datazone),
            new ModalLaunchDialogs(
                    window.overlay(),
                    window.overlay().toasts(),
                    (zone, added, cancelled) -> new Label(),
                    new SimpleObjectProperty<>(FakeDatalabs.NOON.plusSeconds(4000))),
            opened::add));

    @AfterEach
    void closeWindow() {
        window.close();
    }

    private Session running(int number) {
        return FakeDatalabs.session(number, FakeDatalabs.jupyter(), new SessionState.Ready(FakeDatalabs.NOON));
    }

    @Test
    void launchesWithTheKeyboardOnly() {
        window.run(() -> launches.choose(TOPCAT));
        window.untilShown("#wizard-next");

        window.robot().push(KeyCode.CONTROL, KeyCode.ENTER);

        window.until(() -> !opened.isEmpty());
        assertThat(datazone.commands(LaunchRequest.class)).hasSize(1);
        window.until(() -> !window.overlay().isShowing());
    }

    @Test
    void walksThroughAllStepsWithTheKeyboard() {
        window.run(() -> launches.choose(TOPCAT));
        window.untilShown("#wizard-next");
        for (int step = 0; step < 3; step++) {
            window.run(() -> window.robot().lookup("#wizard-next").query().requestFocus());
            window.robot().push(KeyCode.SPACE);
        }
        window.untilShown("#launch-run");
        window.run(() -> window.robot().lookup("#launch-name").query().requestFocus());
        window.robot().push(KeyCode.CONTROL, KeyCode.A);
        window.robot().write("Messier");
        window.run(() -> window.robot().lookup("#launch-run").query().requestFocus());
        window.robot().push(KeyCode.SPACE);

        window.until(() -> !opened.isEmpty());
        assertThat(datazone.commands(LaunchRequest.class))
                .extracting(LaunchRequest::name)
                .containsExactly("Messier");
    }

    @Test
    void showsTheLockedPresetWithItsReason() {
        datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 4, Resources.of(6, 12)));
        window.run(() -> launches.choose(TOPCAT));
        window.click("#wizard-next");
        window.untilShown("#preset-large");
        ToggleButton large = window.robot().lookup("#preset-large").queryAs(ToggleButton.class);

        assertThat(large.isDisabled()).isTrue();
        assertThat(large.getAccessibleHelp()).contains("2 more cores");
        window.picture("wizard-resources");
    }

    @Test
    void mendsAnOccupiedFolderByTheSuggestedOne() {
        datazone.setVolumes(
                FakeDatalabs.samples(),
                FakeDatalabs.custom(new NewVolume("scratch", "/srv/scratch", false, "Anna’s files", null)));
        window.run(() -> launches.choose(TOPCAT));
        window.click("#wizard-step-volumes");
        window.click("#volume-scratch");
        window.click("#mount-path-scratch");
        TextField path = window.robot().lookup("#mount-path-scratch").queryAs(TextField.class);
        window.run(() -> path.setText("/data/samples"));

        Button next = window.robot().lookup("#wizard-next").queryAs(Button.class);
        window.until(next::isDisabled);
        window.picture("wizard-volumes");
        window.click("#mount-suggestion-scratch");

        window.until(() -> !next.isDisabled());
        window.robot().push(KeyCode.CONTROL, KeyCode.ENTER);
        window.until(() -> !opened.isEmpty());
        assertThat(datazone.commands(LaunchRequest.class).get(0).mounts())
                .extracting(Mount::path)
                .containsExactly("/data/samples", "/data/scratch");
    }

    @Test
    void showsARefusalOfTheDatazoneAtItsField() {
        datazone.refuse(Problem.fields(List.of(new FieldError("name", "Choose another name."))));
        window.run(() -> launches.choose(TOPCAT));
        window.click("#wizard-review");
        window.picture("wizard-review");
        window.click("#launch-run");

        window.untilShown("Choose another name.");
        assertThat(opened).isEmpty();
        window.picture("wizard-refused");
    }

    @Test
    void saysThatAHomeIsTemporaryBeforeItIsRun() {
        datazone.setCatalogue(FakeDatalabs.esasky());
        window.run(() -> launches.choose(FakeDatalabs.esasky().datalab().id()));
        window.untilShown("The home folder of this datalab is temporary: it starts empty and ends with it, also when it"
                + " is paused.");
        window.click("#wizard-review");

        window.untilShown("Temporary: ends with it");
        window.picture("wizard-temporary-home");
    }

    @Test
    void stopsOneToRunASixth() {
        datazone.setSessions(running(5), running(4), running(3), running(2), running(1));
        datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 5, Resources.of(5, 10)));
        window.run(() -> launches.run(TOPCAT));
        window.untilShown("#stop-one");
        window.picture("stop-one");
        window.click("#stop-show-all");
        window.click("#stop-" + running(4).id());
        window.click("#stop-and-run");
        assertThat(datazone.commands(FakeDatazone.Destroy.class))
                .containsExactly(new FakeDatazone.Destroy(running(4).id()));
        window.run(() -> datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 4, Resources.of(4, 8))));

        window.until(() -> !opened.isEmpty());
        window.until(() -> !window.overlay().isShowing());
    }
}
