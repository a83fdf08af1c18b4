package org.datalabs.backend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.datalabs.backend.MovableClock;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.Stores;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final SessionId LIVE = new SessionId("aaaaaaaaaaaaaaaa");
    private static final SessionId STOPPED = new SessionId("bbbbbbbbbbbbbbbb");
    private static final SessionId OLD = new SessionId("cccccccccccccccc");
    private static final SessionId LEFT = new SessionId("dddddddddddddddd");

    @TempDir
    Path folder;

    @Test
    void forgetsLogsOfSessionsThatAreGoneAndNoOthers() {
        MovableClock clock = new MovableClock(Records.NOW);
        FakeRuntime runtime = new FakeRuntime();
        try (Database database = Database.openFile(folder, clock)) {
            Stores stores = new Stores(database, user -> new Quota(5, Resources.of(10, 20)), clock, Json.lenient());
            stores.know(List.of(new User(Records.USER, "Tester")));
            SessionBook book = new SessionBook(stores.sessions());
            for (SessionId session : List.of(LIVE, STOPPED, OLD)) {
                book.launch(Records.USER, null, use -> Records.begin(session.value()), ReadySessions.NONE);
            }
            clock.forward(History.KEPT.plusSeconds(60));
            stop(book, OLD, new SessionState.Stopped(Records.NOW));
            stop(book, STOPPED, new SessionState.Stopped(clock.instant()));
            for (SessionId session : List.of(LIVE, STOPPED, OLD, LEFT)) {
                runtime.note(session, "a line");
            }

            try (History history = new History(stores.sessions(), runtime, clock)) {
                history.prune();
            }

            assertThat(runtime.keptLogs()).containsExactlyInAnyOrder(LIVE, STOPPED);
        } finally {
            runtime.close();
        }
    }

    private static void stop(SessionBook book, SessionId session, SessionState stopped) {
        SessionRecord record = book.record(session).orElseThrow();
        assertThat(book.update(record.with(record.session().with(Desired.DESTROYED, stopped))))
                .isPresent();
    }
}
