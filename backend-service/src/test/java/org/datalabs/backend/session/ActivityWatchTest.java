package org.datalabs.backend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.datalabs.backend.MovableClock;
import org.datalabs.backend.events.EventHub;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.Stores;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityWatchTest {
    private static final SessionId SESSION = new SessionId("aaaaaaaaaaaaaaaa");
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime();
    private final MovableClock clock = new MovableClock(start);
    private Database database;
    private SessionBook book;
    private EventHub events;
    private UsageRecorder usage;
    private ActivityWatch watch;

    @BeforeEach
    void open() {
        database = Database.openFile(folder, clock);
        Stores stores = new Stores(database, user -> new Quota(50, Resources.of(100, 200)), clock, Json.lenient());
        stores.know(List.of(new User(Records.USER, "Tester")));
        book = new SessionBook(stores.sessions());
        book.launch(Records.USER, null, use -> Records.begin(SESSION.value()), ReadySessions.NONE);
        events = new EventHub(stores.events(), Json.lenient(), clock);
        usage = new UsageRecorder(runtime, book, events, clock);
        watch = new ActivityWatch(
                book,
                runtime,
                Responsibility.all(),
                usage,
                (entry, endpoint) -> CompletableFuture.completedFuture(Activity.NONE),
                clock);
    }

    @AfterEach
    void stop() {
        watch.close();
        usage.close();
        events.close();
        database.close();
        runtime.close();
    }

    @Test
    void takesWhatIsNotYetKnownForWork() {
        assertThat(watch.isBusy(SESSION)).isTrue();
        clock.forward(Duration.ofMinutes(1));
        assertThat(watch.isBusy(SESSION)).isFalse();
    }

    @Test
    void takesABusyProcessorForWorkUntilItRests() {
        runtime.show(SESSION, new Observation.Running(start, List.of(), true));
        usage.sample();
        clock.forward(Duration.ofSeconds(90));
        assertThat(watch.isBusy(SESSION)).isTrue();
        clock.forward(Duration.ofMinutes(3));
        assertThat(watch.isBusy(SESSION)).isFalse();
    }

    @Test
    void asksFewAtOnceAndEachInItsTurn() {
        List<SessionId> asked = new ArrayList<>();
        List<CompletableFuture<Activity>> open = new ArrayList<>();
        try (ActivityWatch asking = new ActivityWatch(
                book,
                runtime,
                Responsibility.all(),
                usage,
                (entry, endpoint) -> {
                    asked.add(entry.session().id());
                    CompletableFuture<Activity> answer = new CompletableFuture<>();
                    open.add(answer);
                    return answer;
                },
                clock)) {
            for (int number = 0; number < 40; number++) {
                String id = "aaaaaaaaaaaaaa" + (char) ('b' + number / 20) + (char) ('a' + number % 20);
                book.launch(Records.USER, null, use -> Records.telling(id), ReadySessions.NONE);
                SessionRecord record = book.record(new SessionId(id)).orElseThrow();
                book.update(record.with(record.session().with(new SessionState.Ready(start))));
                runtime.show(record.id(), new Observation.Running(start, List.of(), true));
            }
            asking.look();
            assertThat(asked).hasSize(16);
            asking.look();
            assertThat(asked).hasSize(16);
            while (!open.isEmpty()) {
                open.remove(0).complete(Activity.NONE);
                assertThat(open.size()).isLessThanOrEqualTo(16);
            }
            assertThat(asked).hasSize(40).doesNotHaveDuplicates();
            asking.look();
            assertThat(asked).hasSize(56);
        }
    }

    @Test
    void countsWorkAsUse() {
        SessionRecord record = book.record(SESSION).orElseThrow();
        book.update(record.with(record.session().with(new SessionState.Ready(start))));
        runtime.show(SESSION, new Observation.Running(start, List.of(), true));
        usage.sample();
        clock.forward(Duration.ofSeconds(61));
        watch.look();
        book.flushUse(clock.instant());
        assertThat(book.record(SESSION).orElseThrow().session().lastUsedAt()).isEqualTo(start.plusSeconds(61));
    }
}
