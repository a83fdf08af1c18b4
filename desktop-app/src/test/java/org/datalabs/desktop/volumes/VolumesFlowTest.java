package org.datalabs.desktop.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.window.LaunchRecorder;
import org.datalabs.desktop.window.TestShell;
import org.datalabs.desktop.window.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumesFlowTest {
    private final FakeDatazone datazone = new FakeDatazone();
    private final LaunchRecorder launches = new LaunchRecorder();
    private final TestWindow window = new TestWindow();
    private final TestShell shell = new TestShell(window, new FakeDatazones(datazone), FakeDatalabs.NOON);

    private static Volume custom(String name) {
        return FakeDatalabs.custom(new NewVolume(name, "/srv/" + name, false, null, null));
    }

    private void show() {
        shell.show(window.call(() -> VolumesFeature.create(shell.context(), launches)), new Place.Volumes());
    }

    private void select(String name) {
        TableView<Volume> table = window.robot().lookup("#volumes-table").<Volume>queryTableView();
        window.run(() -> table.getItems().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .ifPresent(volume -> table.getSelectionModel().select(volume)));
    }

    @AfterEach
    void closeWindow() {
        window.close();
    }

    @Test
    void addsAFolderAndShowsARefusalAtItsField() {
        show();
        window.click("#volumes-new");
        window.untilShown("#volume-folder");
        window.run(() -> {
            window.robot().lookup("#volume-folder").queryTextInputControl().setText("/srv/nowhere");
            window.robot().lookup("#volume-name").queryTextInputControl().setText("Scratch");
        });
        window.run(() ->
                datazone.refuse(Problem.fields(List.of(new FieldError("folder", "There is no folder /srv/nowhere.")))));
        window.click("#volume-add");
        window.untilShown("There is no folder /srv/nowhere.");
        window.picture("volumes-new");

        window.run(() -> {
            datazone.accept();
            window.robot().lookup("#volume-folder").queryTextInputControl().setText("/srv/scratch");
        });
        window.untilGone("There is no folder /srv/nowhere.");
        window.click("#volume-add");

        window.until(() -> !window.overlay().isShowing());
        assertThat(datazone.volumes()).extracting(Volume::name).contains("Scratch");
    }

    @Test
    void refusesAUsualFolderThatNothingMayBeMountedAt() {
        show();
        window.click("#volumes-new");
        window.untilShown("#volume-path");
        window.run(() -> {
            window.robot().lookup("#volume-folder").queryTextInputControl().setText("/srv/x");
            window.robot().lookup("#volume-name").queryTextInputControl().setText("X");
            window.robot().lookup("#volume-path").queryTextInputControl().setText("/etc/x");
        });

        assertThat(window.robot().lookup("#volume-add").queryAs(Button.class).isDisabled())
                .isTrue();
    }

    @Test
    void removesOnlyVolumesOfTheUser() {
        datazone.setVolumes(FakeDatalabs.samples(), custom("mine"));
        show();
        select("Samples");
        Button remove = window.robot().lookup("#volumes-remove").queryAs(Button.class);
        assertThat(remove.isDisabled()).isTrue();
        window.picture("volumes");

        select("mine");
        window.click("#volumes-remove");
        window.click("Remove volume");

        window.until(() -> !datazone.commands().isEmpty());
        assertThat(datazone.commands())
                .containsExactly(new FakeDatazone.RemoveVolume(custom("mine").id()));
    }

    @Test
    void opensTheWizardWithTheVolumeMounted() {
        datazone.setVolumes(FakeDatalabs.samples(), custom("mine"));
        show();
        select("mine");
        window.click("#volumes-run");
        window.untilShown("#choose-list");
        window.picture("volumes-choose");
        window.click("#choose-datalab");

        assertThat(launches.asked()).singleElement().isInstanceOfSatisfying(LaunchRequest.class, settings -> assertThat(
                        settings.mounts())
                .extracting(Mount::path)
                .containsExactly("/data/samples", "/data/mine"));
    }

    @Test
    void choosesTheFirstDatalabFoundByEnter() {
        datazone.setVolumes(FakeDatalabs.samples(), custom("mine"));
        show();
        select("mine");
        window.click("#volumes-run");
        window.click("#choose-search");
        window.robot().write("topcat");
        window.robot().type(KeyCode.ENTER);

        window.until(() -> !launches.asked().isEmpty());
        assertThat(launches.asked()).singleElement().isInstanceOfSatisfying(LaunchRequest.class, settings -> assertThat(
                        settings.datalab())
                .isEqualTo(FakeDatalabs.topcat().datalab().id()));
    }

    @Test
    void narrowsTheTable() {
        datazone.setVolumes(FakeDatalabs.samples(), custom("mine"));
        VolumesViewModel volumes = new VolumesViewModel(shell.context().datazones());
        volumes.attach();

        volumes.searchProperty().set("SAMP");
        assertThat(volumes.listed()).extracting(Volume::name).containsExactly("Samples");
        volumes.filterProperty().set(VolumesViewModel.Filter.YOURS);
        assertThat(volumes.listed()).isEmpty();
    }
}
