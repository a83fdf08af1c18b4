package org.datalabs.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.datalabs.backend.events.EventStore;
import org.datalabs.backend.events.EventStore.StoredEvent;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.replica.ReplicaId;
import org.datalabs.backend.replica.ReplicaStore;
import org.datalabs.backend.server.Until;
import org.datalabs.backend.session.ReadySessions;
import org.datalabs.backend.session.Records;
import org.datalabs.backend.session.SessionRecord;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What only a server that several replicas share has: news, membership, and a life of its own. */
@Timeout(120)
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class PostgresTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final ReplicaId ONE = new ReplicaId("one");
    private static final ReplicaId OTHER = new ReplicaId("other");

    @TempDir
    Path folder;

    private Databases databases;
    private PostgresSettings settings;

    @BeforeEach
    void serve() throws Exception {
        databases = new Databases(folder);
        settings = databases.serve();
    }

    @AfterEach
    void stop() throws Exception {
        databases.close();
    }

    @Test
    void notifiesOfCommitsOfAnotherReplica() throws Exception {
        try (Database mine = open();
                Database other = open()) {
            AtomicInteger events = new AtomicInteger();
            AtomicInteger replicas = new AtomicInteger();
            try (AutoCloseable news = stores(mine).listen(events::incrementAndGet, replicas::incrementAndGet)) {
                assertThat(news).isNotNull();
                Until.holds(SOON, () -> replicas.get() > 0);
                int before = replicas.get();
                Stores others = stores(other);
                // As its hub does.
                others.onEvents(() -> others.events().last());
                try (ReplicaStore store = others.replicas().orElseThrow()) {
                    store.beat(OTHER, LIFE);
                    Until.holds(SOON, () -> replicas.get() > before);
                    // A beat of a replica that is known says nothing new; an event does, sooner than the look once a
                    // second.
                    long quickest = Long.MAX_VALUE;
                    for (int i = 0; i < 10; i++) {
                        int seen = events.get();
                        long began = System.nanoTime();
                        others.events().append(null, new DatazoneEvent.VolumesChanged());
                        Until.holds(SOON, () -> events.get() > seen);
                        quickest = Math.min(quickest, System.nanoTime() - began);
                    }
                    assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofMillis(200));
                }
            }
        }
    }

    @Test
    void listsReplicasUntilTheyLeaveOrFallSilent() {
        try (Database database = open();
                ReplicaStore one = stores(database).replicas().orElseThrow();
                ReplicaStore other = stores(database).replicas().orElseThrow()) {
            assertThat(one.beat(ONE, LIFE)).containsExactly(ONE);
            assertThat(other.beat(OTHER, LIFE)).containsExactlyInAnyOrder(ONE, OTHER);
            other.leave(OTHER);
            assertThat(one.beat(ONE, LIFE)).containsExactly(ONE);
            other.beat(OTHER, LIFE);
            Until.holds(SOON, () -> one.beat(ONE, Duration.ofMillis(50)).equals(Set.of(ONE)));
        }
    }

    @Test
    void survivesARestartOfTheServer() throws Exception {
        try (Database database = open();
                ReplicaStore replicas = stores(database).replicas().orElseThrow()) {
            Stores stores = stores(database);
            AtomicInteger events = new AtomicInteger();
            try (AutoCloseable news = stores.listen(events::incrementAndGet, () -> {})) {
                assertThat(news).isNotNull();
                stores.events().append(null, new DatazoneEvent.VolumesChanged());
                replicas.beat(ONE, LIFE);

                databases.stopServer();
                assertThatThrownBy(() -> stores.events().last())
                        .satisfies(failure ->
                                assertThat(StoreOutage.caused(failure)).isTrue());
                assertThatThrownBy(() -> replicas.beat(ONE, LIFE))
                        .satisfies(failure ->
                                assertThat(StoreOutage.caused(failure)).isTrue());
                databases.startServer();

                Until.holds(SOON, () -> answers(stores));
                assertThat(stores.events().last()).isEqualTo(1);
                Until.holds(SOON, () -> beats(replicas));
                int seen = events.get();
                stores.events().append(null, new DatazoneEvent.VolumesChanged());
                Until.holds(SOON, () -> events.get() > seen);
            }
        }
    }

    @Test
    void waitsForAServerThatHasNotStarted() throws Exception {
        databases.stopServer();
        AtomicInteger pauses = new AtomicInteger();
        try (Database database = Database.openPostgres(settings, time -> {
            if (pauses.incrementAndGet() == 2) {
                start();
            }
            return Databases.pause(time);
        })) {
            assertThat(answers(stores(database))).isTrue();
            assertThat(pauses.get()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void givesUpWaitingWhenTold() throws Exception {
        databases.stopServer();
        assertThatThrownBy(() -> Database.openPostgres(settings, time -> false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("did not answer until the service was ended");
    }

    @Test
    void tellsAtOnceWhatWaitingCannotMend() throws Exception {
        PostgresSettings wrong = new PostgresSettings(settings.url().replace("/postgres", "/nowhere"), "test", null, 2);
        assertThatThrownBy(() -> Database.openPostgres(wrong, Databases::pause))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nowhere");
        Path missing = folder.resolve("no-such-file");
        PostgresSettings unreadable = new PostgresSettings(settings.url(), "test", missing, 2);
        assertThatThrownBy(() -> Database.openPostgres(unreadable, Databases::pause))
                .hasMessageContaining("no-such-file");
        Files.writeString(missing, "a password that nobody asks for\n");
        Database.openPostgres(unreadable, Databases::pause).close();
    }

    @Test
    void numbersWhatManyWriteAtOnceWithoutAGapAndInOrder() throws Exception {
        int sessions = 6;
        int changes = 40;
        try (Database mine = open();
                Database other = open()) {
            List<Stores> replicas = List.of(stores(mine), stores(other));
            replicas.get(0).know(List.of(new User(Records.USER, "Tester")));
            ExecutorService threads = Executors.newFixedThreadPool(sessions + replicas.size());
            try {
                List<Future<List<StoredEvent>>> readers = new ArrayList<>();
                AtomicBoolean written = new AtomicBoolean();
                for (Stores replica : replicas) {
                    readers.add(threads.submit(() -> follow(replica, written)));
                }
                List<Future<SessionRecord>> writers = new ArrayList<>();
                for (int number = 0; number < sessions; number++) {
                    String id = "aaaaaaaaaaaaaaa" + (char) ('a' + number);
                    writers.add(threads.submit(() -> write(replicas, Records.begin(id), changes)));
                }
                for (Future<SessionRecord> writer : writers) {
                    assertThat(writer.get().session().revision()).isEqualTo(1 + changes);
                }
                written.set(true);
                List<StoredEvent> read = readers.get(0).get();
                assertThat(readers.get(1).get()).isEqualTo(read);
                // Each launch also tells of the quota.
                assertThat(read)
                        .extracting(StoredEvent::number)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, sessions * (changes + 2L))
                                .boxed()
                                .toList());
                Map<SessionId, Long> revisions = new HashMap<>();
                for (StoredEvent event : read) {
                    if (Json.lenient().readValue(event.json(), DatazoneEvent.class)
                            instanceof DatazoneEvent.SessionChanged changed) {
                        Session session = changed.session();
                        assertThat(session.revision()).isEqualTo(revisions.getOrDefault(session.id(), 0L) + 1);
                        revisions.put(session.id(), session.revision());
                    }
                }
                assertThat(revisions.values()).hasSize(sessions).containsOnly(1L + changes);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void letsOthersWriteAndReadWhileOneHasNotCommitted() {
        try (Database database = open();
                Handle slow = database.jdbi().open()) {
            EventWriter writer = new EventWriter(Json.lenient(), Clock.systemUTC(), true);
            EventStore events = stores(database).events();
            slow.begin();
            writer.append(slow, null, List.of(new DatazoneEvent.VolumesChanged()));
            events.append(null, new DatazoneEvent.CatalogueChanged("2"));
            assertThat(events.after(0, 10)).extracting(StoredEvent::number).containsExactly(1L);
            slow.commit();
            assertThat(events.after(0, 10)).extracting(StoredEvent::number).containsExactly(1L, 2L);
            assertThat(events.after(1, 10)).extracting(StoredEvent::type).containsExactly("volumes");
        }
    }

    private static SessionRecord write(List<Stores> replicas, SessionRecord begun, int changes) {
        SessionRecord record = replicas.get(0)
                .sessions()
                .launch(Records.USER, null, use -> begun, ReadySessions.NONE)
                .record();
        for (int change = 0; change < changes; change++) {
            Session session = record.session();
            record = replicas.get(change % replicas.size())
                    .sessions()
                    .update(record.with(session.with("Name " + change, session.endsAt())))
                    .orElseThrow();
        }
        return record;
    }

    private static List<StoredEvent> follow(Stores replica, AtomicBoolean written) {
        List<StoredEvent> read = new ArrayList<>();
        while (true) {
            boolean all = written.get();
            List<StoredEvent> more = replica.events()
                    .after(read.isEmpty() ? 0 : read.get(read.size() - 1).number(), 7);
            read.addAll(more);
            if (more.isEmpty() && all) {
                return read;
            }
        }
    }

    private void start() {
        try {
            databases.startServer();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean answers(Stores stores) {
        try {
            return stores.events().last() >= 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean beats(ReplicaStore replicas) {
        try {
            return replicas.beat(ONE, LIFE).contains(ONE);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Database open() {
        return Database.openPostgres(settings, Databases::pause);
    }

    private static Stores stores(Database database) {
        return new Stores(database, user -> new Quota(10, Resources.of(50, 100)), Clock.systemUTC(), Json.lenient());
    }
}
