package org.datalabs.desktop.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
    private final FakeDatazone datazone = new FakeDatazone();
    private final Session session =
            FakeDatalabs.session(1, FakeDatalabs.topcat(), new SessionState.Ready(FakeDatalabs.NOON));
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final LogFollower log = new LogFollower(datazone, session.id(), 3, later::add);

    private void write(String text) {
        datazone.addLog(session.id(), new LogPage.Line(FakeDatalabs.NOON, "datalab", text));
    }

    private void turn() {
        later.remove().run();
    }

    @Test
    void goesOnReadingWhereItStopped() {
        write("one");
        log.start();
        write("two");
        turn();

        assertThat(log.lines()).extracting(LogPage.Line::text).containsExactly("one", "two");
    }

    @Test
    void keepsTheNewestLines() {
        write("one");
        write("two");
        log.start();
        write("three");
        write("four");
        turn();

        assertThat(log.lines()).extracting(LogPage.Line::text).containsExactly("two", "three", "four");
    }

    @Test
    void readsOnAfterAnOutage() {
        datazone.goOffline();
        log.start();
        assertThat(log.problemProperty().get()).isNotNull();
        datazone.goOnline();
        write("one");
        turn();

        assertThat(log.lines()).hasSize(1);
        assertThat(log.problemProperty().get()).isNull();
    }

    @Test
    void readsNothingOnceStopped() {
        log.start();
        log.stop();
        write("one");
        turn();

        assertThat(log.lines()).isEmpty();
        assertThat(later).isEmpty();
    }
}
