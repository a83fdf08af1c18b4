package org.datalabs.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.window.LaunchRecorder;
import org.datalabs.desktop.window.TestShell;
import org.datalabs.desktop.window.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsFlowTest {
    private static final Instant NOON = FakeDatalabs.NOON;
    private static final SessionState READY = new SessionState.Ready(NOON);

    private final FakeDatazone datazone = new FakeDatazone();
    private final LaunchRecorder launches = new LaunchRecorder();
    private final FakeEngines engines = new FakeEngines();
    private final TestWindow window = new TestWindow();
    private final TestShell shell = new TestShell(window, new FakeDatazones(datazone), NOON.plusSeconds(2000));
    private final SessionFeature sessions = window.call(() -> new SessionFeature(
            shell.context(),
            launches,
            new SessionCommands(window.overlay(), window.overlay().toasts()),
            engines));
    private final Session topcat = session(1, FakeDatalabs.topcat(), READY);
    private final Session jupyter = session(2, FakeDatalabs.jupyter(), READY);

    private static Session session(int number, CatalogueEntry entry, SessionState state) {
        return FakeDatalabs.session(number, entry, state);
    }

    @AfterEach
    void closeWindow() {
        window.close();
    }

    private void open(Session session) {
        shell.show(sessions.screen(), new Place.Running(session.id()));
    }

    private FakeEngines.Fake engine(int index) {
        return engines.made.get(index);
    }

    @Test
    void makesAnEngineWhenItsTabIsFirstShownAndClosesItWithTheTab() {
        datazone.setSessions(topcat, jupyter);
        open(topcat);
        open(jupyter);

        assertThat(engines.made).hasSize(2);
        assertThat(engine(0).active).isFalse();
        assertThat(engine(1).active).isTrue();

        window.click("#session-tab-close-" + jupyter.id());

        assertThat(engine(1).told).containsExactly("start", "close");
        assertThat(datazone.commands()).isEmpty();
        assertThat(shell.placeProperty().get()).isEqualTo(new Place.Running(topcat.id()));
        assertThat(engine(0).active).isTrue();
    }

    @Test
    void changesAndClosesTabsByKeys() {
        datazone.setSessions(topcat, jupyter);
        open(topcat);
        open(jupyter);

        window.robot().push(KeyCode.CONTROL, KeyCode.TAB);
        window.until(() -> engine(0).active);
        window.robot().push(KeyCode.CONTROL, KeyCode.W);
        window.until(() -> engine(0).told.contains("close"));
        window.robot().push(KeyCode.CONTROL, KeyCode.W);
        window.until(() -> shell.placeProperty().get() instanceof Place.Dashboard);
    }

    @Test
    void fillsTheScreenAndComesBackByOneKey() {
        datazone.setSessions(topcat);
        open(topcat);
        Scene home = window.call(() -> engine(0).node.getScene());

        window.robot().push(KeyCode.F11);
        window.until(() -> engine(0).node.getScene() != null && engine(0).node.getScene() != home);
        window.until(() -> engine(0).node.getScene().getWindow().isFocused());
        window.robot().push(KeyCode.F11);

        window.until(() -> engine(0).node.getScene() == home);
    }

    @Test
    void showsTheStartAndThenTheInside() {
        Session starting = session(
                1,
                FakeDatalabs.topcat(),
                new SessionState.Starting(
                        List.of(
                                new StartStep(
                                        StartStep.Kind.SCHEDULED,
                                        StartStep.Progress.DONE,
                                        "Reserved 1 core and 2 GB",
                                        9L),
                                new StartStep(
                                        StartStep.Kind.PROCESS, StartStep.Progress.ACTIVE, "Starting TOPCAT", 2000L)),
                        NOON));
        datazone.addLog(starting.id(), new LogPage.Line(NOON, "start", "Xvnc listens"));
        datazone.setSessions(starting);
        open(starting);
        window.untilShown("Starting TOPCAT");
        window.picture("session-starting");
        assertThat(engines.made).isEmpty();

        window.run(() -> datazone.putSession(topcat));

        window.untilShown("inside " + topcat.name());
    }

    @Test
    void cancelsAStart() {
        Session starting = session(1, FakeDatalabs.topcat(), new SessionState.Starting(List.of(), NOON));
        datazone.setSessions(starting);
        open(starting);

        window.click("#session-cancel");

        assertThat(datazone.commands()).containsExactly(new FakeDatazone.Destroy(starting.id()));
    }

    @Test
    void saysWhyAStartFailedAndWhatToDo() {
        Session failed = session(
                1,
                FakeDatalabs.topcat(),
                new SessionState.Failed(
                        ProblemCode.PROGRAM_ENDED,
                        "The program ended by itself after 12 s with code 1.",
                        "Read the log, then run it again.",
                        NOON.plusSeconds(12)));
        datazone.setSessions(failed);
        open(failed);
        window.untilShown("#session-view-log");
        window.picture("session-failed");
        window.click("#session-view-log");
        window.untilShown("#log-drawer");
        window.click("#session-run-again");

        assertThat(launches.asked()).containsExactly(new LaunchRecorder.Again(failed));
    }

    @Test
    void tellsThatTheConnectionIsLostAndReconnects() {
        datazone.setSessions(topcat);
        open(topcat);
        Problem cause = Problem.of(ProblemCode.SESSION_UNREACHABLE, "No answer.", "");
        window.run(() -> engine(0).link.set(new LinkState.Lost(2, NOON.plusSeconds(2008), cause)));
        window.untilShown("Connection lost");
        window.picture("session-lost");
        window.click("#session-reconnect");
        assertThat(engine(0).told).contains("retry");

        window.run(() -> engine(0).link.set(new LinkState.Connected(NOON)));

        window.untilGone("Connection lost");
    }

    @Test
    void readsAndSearchesTheLog() {
        datazone.setSessions(topcat);
        for (int i = 0; i < 40; i++) {
            datazone.addLog(topcat.id(), new LogPage.Line(NOON.plusSeconds(i), "datalab", "line " + i));
        }
        datazone.addLog(topcat.id(), new LogPage.Line(NOON.plusSeconds(50), "datalab", "WARN 2 rows skipped"));
        open(topcat);
        window.click("#session-logs");
        window.untilShown("#log-lines");
        ListView<?> lines = window.robot().lookup("#log-lines").queryListView();
        window.until(() -> lines.getItems().size() == 41);
        window.picture("session-log");
        window.run(() ->
                window.robot().lookup("#log-search").queryTextInputControl().setText("warn"));

        window.until(() -> lines.getItems().size() == 1);
        window.click("#log-close");
        window.untilGone("#log-drawer");
    }

    @Test
    void movesTextBothWaysByTheClipboardCard() {
        datazone.setSessions(topcat);
        open(topcat);
        window.run(() -> engine(0).remoteText.set("5290725643627189248\n119.40935 -60.79924"));
        window.click("#session-clipboard");
        window.untilShown("#clipboard-copy");
        window.picture("session-clipboard");
        window.click("#clipboard-copy");
        window.click("#session-clipboard");
        window.click("#clipboard-paste");

        assertThat(engine(0).told).containsExactly("start", "copy", "paste");
    }

    @Test
    void showsThePathOfAPageAndItsTitleAtTheRoot() {
        datazone.setSessions(jupyter);
        open(jupyter);
        window.untilShown("#session-page");
        Labeled page = window.robot().lookup("#session-page").query();
        assertThat(page.getText()).isEqualTo("01_messier.ipynb");

        window.run(() -> engine(0).address.set("lab/tree/notebooks/01_messier.ipynb"));

        assertThat(page.getText()).isEqualTo("lab/tree/notebooks/01_messier.ipynb");
        assertThat(page.getTooltip().getText()).isEqualTo("01_messier.ipynb");
    }

    @Test
    void opensAWebDatalabInTheBrowserByATicket() {
        datazone.setSessions(jupyter);
        open(jupyter);
        window.untilShown("#session-browser");
        window.picture("session-web");
        window.click("#session-browser");

        window.until(() -> shell.browsed().equals(List.of(URI.create("http://127.0.0.1:1/s/x/?ticket=once"))));
    }

    @Test
    void toolsGiveUpTheirWordsBeforeTheBarLeavesTheWindow() {
        datazone.setSessions(topcat);
        open(topcat);
        window.untilShown("#session-keyboard");
        Labeled keyboard = window.robot().lookup("#session-keyboard").query();
        Labeled stop = window.robot().lookup("#session-stop").query();
        assertThat(keyboard.getContentDisplay()).isEqualTo(ContentDisplay.LEFT);

        window.resize(760, 680);

        window.until(() -> keyboard.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY);
        window.until(() -> stop.localToScene(stop.getBoundsInLocal()).getMaxX() <= 760);
        assertThat(keyboard.getTooltip().getText()).isEqualTo("Keyboard");
        assertThat(keyboard.getAccessibleText()).isEqualTo("Keyboard");
        Node state = window.robot().lookup("#session-state").query();
        assertThat(window.call(
                        () -> state.localToScene(state.getBoundsInLocal()).getMinX()))
                .isNotNegative();
        window.picture("session-narrow");

        window.resize(1440, 900);

        window.until(() -> keyboard.getContentDisplay() == ContentDisplay.LEFT && keyboard.getTooltip() == null);
    }

    @Test
    void saysFromStartToEndThatAHomeIsTemporary() {
        Session esasky = session(3, FakeDatalabs.esasky(), new SessionState.Starting(List.of(), NOON));
        datazone.setSessions(esasky);
        open(esasky);
        window.untilShown("Its home folder is temporary: what you save there ends with it.");
        window.picture("session-temporary-home");

        window.run(() -> datazone.setSessions(esasky.with(READY)));
        window.click("#session-stop");
        window.untilShown(
                "The datalab and everything in its temporary home folder are removed. Files in volumes stay.");
        window.click("Destroy datalab");
        window.untilShown("This datalab has ended. Its temporary home folder ended with it; files in volumes stay.");
    }

    @Test
    void asksBeforeItStopsARunningOne() {
        datazone.setSessions(topcat);
        open(topcat);
        window.click("#session-stop");
        window.click("Destroy datalab");

        window.untilShown("#session-run-again");
        assertThat(datazone.commands()).containsExactly(new FakeDatazone.Destroy(topcat.id()));
        window.picture("session-ended");
    }
}
