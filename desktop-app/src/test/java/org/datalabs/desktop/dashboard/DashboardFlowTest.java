package org.datalabs.desktop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.UsageSample;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.running.SessionJournal;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.window.LaunchRecorder;
import org.datalabs.desktop.window.TestShell;
import org.datalabs.desktop.window.TestWindow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardFlowTest {
    private static final Instant NOON = FakeDatalabs.NOON;
    private static final Session READY = session(1, new SessionState.Ready(NOON));
    private static final Session STARTING = session(
            2,
            new SessionState.Starting(
                    List.of(
                            step(StartStep.Kind.SCHEDULED, StartStep.Progress.DONE, "Reserved 1 core and 2 GB", 12L),
                            step(StartStep.Kind.VOLUMES, StartStep.Progress.DONE, "Mounted Samples", 1200L),
                            step(StartStep.Kind.PROCESS, StartStep.Progress.ACTIVE, "Starting TOPCAT", 3000L),
                            step(StartStep.Kind.FIRST_ANSWER, StartStep.Progress.WAITING, "First answer", null)),
                    NOON));
    private static final Session WAITING =
            session(3, new SessionState.Pending("Waiting for its turn to start.", "", NOON));
    private static final Session FAILED = session(
            4,
            new SessionState.Failed(
                    ProblemCode.OUT_OF_MEMORY,
                    "It used more than its 2 GB of memory and was stopped.",
                    "Run it again with more memory. Files in its home folder are safe.",
                    NOON.plusSeconds(1000)));
    private static final Session PAUSED = session(5, new SessionState.Paused(NOON.plusSeconds(500)));

    private final FakeDatazone datazone = new FakeDatazone();
    private final FakeDatazones datazones = new FakeDatazones(datazone);
    private final LaunchRecorder launches = new LaunchRecorder();
    private final List<SessionId> opened = new ArrayList<>();
    private final TestWindow window = new TestWindow();
    private final TestShell shell = new TestShell(window, datazones, NOON.plusSeconds(2000));
    private final SessionJournal journal = window.call(() -> new SessionJournal(datazones, shell.nowProperty()));
    private final Screen dashboard = window.call(() -> DashboardFeature.create(
            shell.context(),
            launches,
            new Tabs(),
            new SessionCommands(window.overlay(), window.overlay().toasts()),
            journal));

    private final class Tabs implements SessionPort {
        @Override
        public void open(SessionId session) {
            opened.add(session);
        }

        @Override
        public void openLog(SessionId session) {
            opened.add(session);
        }
    }

    private static Session session(int number, SessionState state) {
        return FakeDatalabs.session(number, FakeDatalabs.topcat(), state);
    }

    private static StartStep step(
            StartStep.Kind kind, StartStep.Progress progress, String text, @Nullable Long millis) {
        return new StartStep(kind, progress, text, millis);
    }

    @AfterEach
    void closeWindow() {
        window.close();
    }

    private void show() {
        shell.show(dashboard, new Place.Dashboard());
    }

    @Test
    void showsEverySessionInItsState() {
        datazone.setQuota(new QuotaUse(FakeDatalabs.QUOTA, 3, Resources.of(3, 6)));
        datazone.setSessions(FAILED, STARTING, PAUSED, WAITING, READY);
        datazone.addLog(STARTING.id(), new LogPage.Line(NOON, "start", "mounted Samples at /data/samples, read-only"));
        for (int i = 0; i < 50; i++) {
            datazone.addUsage(new UsageSample(
                    READY.id(), NOON.plusSeconds(i), 200 + (i * 37) % 300, Resources.GB + i * 9_000_000L));
        }
        show();

        for (Session session : List.of(READY, STARTING, WAITING, FAILED, PAUSED)) {
            window.untilShown("#session-card-" + session.id());
        }
        window.run(() -> datazone.putSession(session(6, new SessionState.Starting(List.of(), NOON.plusSeconds(3000)))));
        window.picture("dashboard");
    }

    @Test
    void asksBeforeItDestroysAndDoesNothingWhenKept() {
        datazone.setSessions(READY);
        show();
        window.click("#session-menu-" + READY.id());
        window.click("#menu-destroy");
        window.untilShown(".confirmation");
        window.picture("dashboard-destroy");
        window.click("Keep it");
        window.until(() -> !window.overlay().isShowing());
        assertThat(datazone.commands()).isEmpty();

        window.click("#session-menu-" + READY.id());
        window.click("#menu-destroy");
        window.click("Destroy datalab");

        window.until(() -> !datazone.commands().isEmpty());
        assertThat(datazone.commands()).containsExactly(new FakeDatazone.Destroy(READY.id()));
        window.picture("dashboard-empty");
        window.untilShown("No datalabs are running");
        window.picture("dashboard-empty");
    }

    @Test
    void letsEveryCardBeClickedWhereOthersStoodBefore() {
        Session first = session(7, new SessionState.Starting(List.of(), NOON));
        Session second = session(8, new SessionState.Starting(List.of(), NOON));
        datazone.setSessions(READY, first, second);
        show();
        window.untilShown("#session-card-" + second.id());

        window.run(() -> datazone.setSessions(READY, becameReady(first), becameReady(second)));

        for (Session session : List.of(first, second, READY)) {
            window.click("#session-open-" + session.id());
        }
        assertThat(opened).containsExactly(first.id(), second.id(), READY.id());
    }

    private static Session becameReady(Session session) {
        return session.with(new SessionState.Ready(NOON.plusSeconds(20)));
    }

    @Test
    void pausesExtendsAndOpens() {
        datazone.setSessions(READY);
        show();
        window.click("#session-extend-" + READY.id());
        window.click("#session-open-" + READY.id());
        window.click("#session-pause-" + READY.id());

        assertThat(datazone.commands(FakeDatazone.Change.class))
                .extracting(FakeDatazone.Change::change)
                .containsExactly(
                        new SessionChange(null, null, 240, null), new SessionChange(null, Desired.PAUSED, null, null));
        assertThat(opened).containsExactly(READY.id());
        window.untilShown("#session-resume-" + READY.id());
    }

    @Test
    void renamesByTheMenu() {
        datazone.setSessions(READY);
        show();
        window.click("#session-menu-" + READY.id());
        window.click("#menu-rename");
        window.untilShown("#rename-name");
        window.run(() ->
                window.robot().lookup("#rename-name").queryTextInputControl().setText("Messier"));
        window.click("#rename-confirm");

        window.untilShown("Messier");
    }

    @Test
    void runsAFailedOneAgainWithMoreMemory() {
        datazone.setSessions(FAILED);
        show();
        window.click("#session-run-again");

        assertThat(launches.asked()).containsExactly(new LaunchRecorder.AgainWithMoreMemory(FAILED));
        assertThat(window.robot().lookup("#session-run-again").queryLabeled().getText())
                .isEqualTo("Run again with 4 GB");
    }

    @Test
    void staysReadableOffline() {
        datazone.setSessions(READY);
        show();
        window.run(datazone::goOffline);

        window.untilShown(".banner");
        window.untilShown("#session-card-" + READY.id());
        window.picture("dashboard-offline");
    }

    @Test
    void doesNotSayThatNothingRunsWhereItCouldNotAsk() {
        datazone.setMe(null);
        datazone.goOffline();
        show();

        window.untilShown("What runs there is not known yet");
        window.run(() -> datazone.setQuota(FakeDatalabs.unused()));
        window.run(datazone::goOnline);
        window.untilShown("No datalabs are running");
    }

    @Test
    void runsOneOfTheHistoryAgain() {
        Session ended = session(9, new SessionState.Stopped(NOON.plusSeconds(700)));
        datazone.setHistory(ended);
        show();
        window.click("#dashboard-history");
        window.untilShown("#history-again-" + ended.id());
        window.picture("dashboard-history");
        window.click("#history-again-" + ended.id());

        assertThat(launches.asked()).containsExactly(new LaunchRecorder.Again(ended));
    }

    @Test
    void listsWhatHappenedInTheActivity() {
        show();
        window.run(() -> datazone.setSessions(session(3000, new SessionState.Starting(List.of(), NOON))));

        window.untilShown("TOPCAT 3000 is starting");
    }
}
