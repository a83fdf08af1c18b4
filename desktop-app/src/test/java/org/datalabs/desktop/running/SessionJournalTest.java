package org.datalabs.desktop.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.FakeDatalabs;
import org.datalabs.desktop.datazone.FakeDatazone;
import org.datalabs.desktop.datazone.FakeDatazones;
import org.datalabs.desktop.running.SessionNews.What;
import org.junit.jupiter.api.Test;

class SessionJournalTest {
    private static final Instant NOON = FakeDatalabs.NOON;
    private static final SessionState STARTING = new SessionState.Starting(List.of(), NOON);
    private static final SessionState READY = new SessionState.Ready(NOON);

    private final ObjectProperty<Instant> now = new SimpleObjectProperty<>(NOON);
    private final FakeDatazone datazone = new FakeDatazone();
    private final Session first = session(1, STARTING);

    private static Session session(int number, SessionState state) {
        return FakeDatalabs.session(number, FakeDatalabs.topcat(), state);
    }

    private SessionJournal journal() {
        return new SessionJournal(new FakeDatazones(datazone), now);
    }

    private static List<What> told(SessionJournal journal) {
        return journal.entries().stream().map(SessionNews::what).toList();
    }

    @Test
    void tellsTheLifeOfASessionNewestFirst() {
        SessionJournal journal = journal();

        datazone.setSessions(first);
        datazone.setSessions(session(1, READY));
        datazone.setSessions(session(1, new SessionState.Paused(NOON)));
        datazone.setSessions();

        assertThat(told(journal)).containsExactly(What.ENDED, What.PAUSED, What.READY, What.LAUNCHED);
    }

    @Test
    void takesWhatItFindsAtFirstForNoNews() {
        now.set(NOON.plusSeconds(60));
        datazone.setSessions(first);
        SessionJournal journal = journal();

        datazone.setSessions(first, session(2, READY));

        assertThat(told(journal)).isEmpty();
    }

    @Test
    void tellsAFailureOnce() {
        datazone.setSessions(first);
        SessionJournal journal = journal();
        Session failed =
                session(1, new SessionState.Failed(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again.", NOON));

        datazone.setSessions(failed);
        datazone.setSessions(failed);
        datazone.setSessions();

        assertThat(told(journal)).containsExactly(What.FAILED);
    }

    @Test
    void takesAListEmptiedByAnOutageForNoEnd() {
        datazone.setSessions(session(1, READY));
        SessionJournal journal = journal();

        datazone.goOffline();
        datazone.setSessions();
        datazone.goOnline();
        datazone.setSessions(session(1, READY));

        assertThat(told(journal)).isEmpty();
    }

    @Test
    void warnsOnceBeforeTheEndAndAgainAfterAnExtension() {
        Session ready = session(1, READY);
        datazone.setSessions(ready);
        SessionJournal journal = journal();

        now.set(ready.endsAt().minusSeconds(601));
        assertThat(told(journal)).isEmpty();
        now.set(ready.endsAt().minusSeconds(599));
        now.set(ready.endsAt().minusSeconds(500));
        assertThat(told(journal)).containsExactly(What.ENDS_SOON);

        now.set(ready.endsAt().minusSeconds(5000));
        now.set(ready.endsAt().minusSeconds(400));
        assertThat(told(journal)).containsExactly(What.ENDS_SOON, What.ENDS_SOON);
    }

    @Test
    void warnsBeforeAnUnusedSessionIsPausedUntilItIsUsed() {
        datazone.setInfo(FakeDatalabs.info(60));
        Session ready = session(1, READY);
        datazone.setSessions(ready);
        SessionJournal journal = journal();

        now.set(READY.since().plusSeconds(49 * 60));
        assertThat(told(journal)).isEmpty();
        now.set(READY.since().plusSeconds(51 * 60));
        now.set(READY.since().plusSeconds(52 * 60));
        assertThat(told(journal)).containsExactly(What.PAUSES_SOON);

        datazone.setSessions(ready.used(now.get()));
        now.set(READY.since().plusSeconds(61 * 60));
        assertThat(told(journal)).containsExactly(What.PAUSES_SOON);
    }
}
