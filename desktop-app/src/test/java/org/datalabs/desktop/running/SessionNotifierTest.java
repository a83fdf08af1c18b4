package org.datalabs.desktop.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.view.NoticeBoard;
import org.datalabs.desktop.window.TestShell;
import org.datalabs.desktop.window.TestWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionNotifierTest {
    private final FakeDatazone datazone = new FakeDatazone();
    private final FakeDatazones datazones = new FakeDatazones(datazone);
    private final TestWindow window = new TestWindow();
    private final TestShell shell = new TestShell(window, datazones, FakeDatalabs.NOON);
    private final List<Session> opened = new ArrayList<>();
    private final List<Session> logs = new ArrayList<>();
    private final List<Session> shown = new ArrayList<>();
    private final SessionJournal journal = window.call(this::journal);

    private SessionJournal journal() {
        SessionJournal made = new SessionJournal(datazones, shell.nowProperty());
        made.read(new SessionNotifier(
                shell.context().toasts(),
                shell,
                new SessionCommands(shell.context().dialogs(), shell.context().toasts()),
                shown::contains,
                (zone, session) -> opened.add(session),
                (zone, session) -> logs.add(session))::hear);
        return made;
    }

    private static Session session(SessionState state) {
        return FakeDatalabs.session(1, FakeDatalabs.topcat(), state);
    }

    private static final Session STARTING = session(new SessionState.Starting(List.of(), FakeDatalabs.NOON));
    private static final Session READY = session(new SessionState.Ready(FakeDatalabs.NOON));
    private static final Session FAILED =
            session(new SessionState.Failed(ProblemCode.START_FAILED, "No luck.", "Try again.", FakeDatalabs.NOON));

    @AfterEach
    void closeWindow() {
        window.close();
    }

    private void becomes(Session before, Session after) {
        window.run(() -> {
            datazone.setSessions(before);
            datazone.setSessions(after);
        });
    }

    private Action action(NoticeBoard.Notice notice) {
        Action action = notice.action();
        assertThat(action).isNotNull();
        return action;
    }

    @Test
    void tellsThatASessionIsReadyAndOpensIt() {
        becomes(STARTING, READY);

        assertThat(shell.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.tone()).isEqualTo(Tone.SUCCESS);
            assertThat(notice.title()).isEqualTo("TOPCAT 1 is ready");
        });
        window.untilShown(".toast");
        window.picture("toast-ready");
        window.click("Open");
        assertThat(opened).containsExactly(READY);
        assertThat(journal.entries()).isNotEmpty();
    }

    @Test
    void saysNothingOfTheSessionInFrontOfTheUser() {
        shown.add(READY);

        becomes(STARTING, READY);

        assertThat(shell.notices()).isEmpty();
    }

    @Test
    void tellsWhyASessionFailedAndShowsItsLog() {
        becomes(STARTING, FAILED);

        NoticeBoard.Notice notice = shell.notices().get(0);
        assertThat(notice.text()).isEqualTo("No luck.");
        action(notice).run().run();
        assertThat(logs).containsExactly(FAILED);
    }

    @Test
    void warnsBeforeTheEndAndExtends() {
        shown.add(READY);
        becomes(STARTING, READY);
        shown.clear();

        window.run(() -> shell.nowProperty().set(READY.endsAt().minusSeconds(300)));

        NoticeBoard.Notice notice = shell.notices().get(0);
        assertThat(notice.title()).isEqualTo("TOPCAT 1 ends in 5 min");
        window.run(() -> action(notice).run().run());
        assertThat(datazone.commands())
                .containsExactly(new FakeDatazone.Change(READY.id(), new SessionChange(null, null, 240, null)));
    }

    @Test
    void offersMoreTimeToWhatIsAboutToBePausedAndTellsThatItWas() {
        window.run(() -> datazone.setInfo(FakeDatalabs.info(60)));
        shown.add(READY);
        becomes(STARTING, READY);
        shown.clear();

        window.run(() -> shell.nowProperty().set(FakeDatalabs.NOON.plusSeconds(3300)));

        NoticeBoard.Notice notice = shell.notices().get(0);
        assertThat(notice.title()).isEqualTo("TOPCAT 1 will be paused, since nobody uses it");
        window.run(() -> action(notice).run().run());
        assertThat(datazone.commands())
                .containsExactly(new FakeDatazone.Change(READY.id(), new SessionChange(null, null, 240, null)));

        window.run(() -> shell.nowProperty().set(FakeDatalabs.NOON.plusSeconds(3601)));
        becomes(
                READY,
                session(new SessionState.Paused(FakeDatalabs.NOON.plusSeconds(3601)))
                        .used(FakeDatalabs.NOON));
        assertThat(shell.notices().get(0).text()).startsWith("It was neither used nor at work.");
    }
}
