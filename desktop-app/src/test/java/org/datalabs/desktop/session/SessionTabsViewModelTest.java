package org.datalabs.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.running.LogFollower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTabsViewModelTest {
    private static final Executor NEVER = task -> {};

    private final FakeDatazone datazone = new FakeDatazone();
    private final Session ready =
            FakeDatalabs.session(1, FakeDatalabs.topcat(), new SessionState.Ready(FakeDatalabs.NOON));

    @Test
    void waitsForASessionThatTheDatazoneHasNotToldOfYet() {
        SessionTabViewModel tab = new SessionTabViewModel(datazone, ready.id());
        assertThat(tab.faceProperty().get()).isEqualTo(SessionTabViewModel.Face.UNKNOWN);

        datazone.setSessions(ready);

        assertThat(tab.faceProperty().get()).isEqualTo(SessionTabViewModel.Face.INSIDE);
    }

    @Test
    void remembersASessionThatIsGone() {
        datazone.setSessions(ready);
        SessionTabViewModel tab = new SessionTabViewModel(datazone, ready.id());

        datazone.setSessions();

        assertThat(tab.faceProperty().get()).isEqualTo(SessionTabViewModel.Face.ENDED);
        assertThat(tab.sessionProperty().get()).isEqualTo(ready);
    }

    @Test
    void narrowsTheLogToASourceAndAText() {
        datazone.addLog(ready.id(), new LogPage.Line(FakeDatalabs.NOON, "start", "Mounted Samples"));
        datazone.addLog(ready.id(), new LogPage.Line(FakeDatalabs.NOON, "datalab", "Loaded samples"));
        LogDrawerViewModel log = new LogDrawerViewModel(new LogFollower(datazone, ready.id(), 100, NEVER));
        log.open();
        assertThat(log.lines()).hasSize(2);

        log.sourceProperty().set(LogDrawerViewModel.Source.START);
        assertThat(log.text()).isEqualTo("2026-03-01T12:00:00Z start Mounted Samples\n");
        log.searchProperty().set("loaded");
        assertThat(log.lines()).isEmpty();
        log.sourceProperty().set(LogDrawerViewModel.Source.ALL);
        assertThat(log.lines()).extracting(LogPage.Line::text).isEqualTo(List.of("Loaded samples"));
    }

    @Test
    void savesADownloadBesideAFileOfItsName(@TempDir Path folder) throws Exception {
        assertThat(Downloads.free(folder, "a.fits")).isEqualTo(folder.resolve("a.fits"));
        Files.createFile(folder.resolve("a.fits"));
        Files.createFile(folder.resolve("a (2).fits"));

        assertThat(Downloads.free(folder, "a.fits")).isEqualTo(folder.resolve("a (3).fits"));
    }
}
