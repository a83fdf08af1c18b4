package org.datalabs.backend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.datalabs.backend.MovableClock;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.server.Until;
import org.datalabs.backend.store.Database;
import org.datalabs.backend.store.Stores;
import org.datalabs.core.api.Json;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reconciler with a real database and an engine without processes. */
class ReconcilerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SessionId ONE = new SessionId("aaaaaaaaaaaaaaaa");

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime();
    private final MovableClock clock = new MovableClock(Records.NOW);
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean answers = true;
    private Database database;
    private Stores stores;
    private SessionBook book;
    private Reconciler reconciler;

    @BeforeEach
    void start() {
        database = Database.openFile(folder, clock);
        stores = new Stores(database, user -> new Quota(5, Resources.of(10, 20)), clock, Json.lenient());
        stores.know(List.of(new User(Records.USER, "Tester")));
        begin();
    }

    @AfterEach
    void stop() {
        reconciler.close();
        database.close();
        runtime.close();
    }

    @Test
    void asksUntilTheDatalabAnswers() {
        answers = false;
        launch();
        Until.holds(PATIENCE, () -> questions.get() > 3);
        assertThat(state()).isInstanceOf(SessionState.Starting.class);
        answers = true;
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        int asked = questions.get();
        reconciler.relist();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        assertThat(questions.get()).isEqualTo(asked);
    }

    @Test
    void endsProcessesThatNoSessionOwns() {
        SessionId stray = new SessionId("strayaaaaaaaaaaa");
        runtime.show(stray, new Observation.Running(Instant.now(), List.of(), true));
        reconciler.relist();
        Until.holds(PATIENCE, () -> runtime.existing().isEmpty());
    }

    @Test
    void failsReadySessionsWhoseProcessesVanished() {
        launch();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        reconciler.close();
        runtime.lose();

        begin();

        Until.holds(PATIENCE, () -> state() instanceof SessionState.Failed);
        assertThat(((SessionState.Failed) state()).code()).isEqualTo(ProblemCode.INTERRUPTED);
        assertThat(runtime.starts()).isEqualTo(1);
    }

    @Test
    void goesOnWithAStartThatACrashInterrupted() {
        reconciler.close();
        launch();
        begin();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
    }

    @Test
    void timesOutAStartWithoutSleeping() {
        answers = false;
        launch();
        Until.holds(PATIENCE, () -> questions.get() > 0);
        clock.forward(Deadlines.DEFAULT.start());
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Failed);
        SessionState.Failed failed = (SessionState.Failed) state();
        assertThat(failed.code()).isEqualTo(ProblemCode.START_TIMED_OUT);
        assertThat(failed.cause()).contains("started");
        Until.holds(PATIENCE, () -> runtime.existing().isEmpty());
    }

    @Test
    void endsASessionWhoseTimeIsUp() {
        launch();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        clock.forward(Duration.ofHours(2));
        reconciler.relist();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Stopped);
        assertThat(runtime.log(ONE, 0, 10).lines().toString()).contains("its time was up");
        assertThat(runtime.existing()).isEmpty();
    }

    @Test
    void refusesToStartWithoutAVolumeThatWasThereAtTheLaunch() {
        launch(new Mount(new VolumeId("gone"), "/data/gone", true));
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Failed);
        assertThat(((SessionState.Failed) state()).code()).isEqualTo(ProblemCode.VOLUME_UNAVAILABLE);
        assertThat(runtime.starts()).isZero();
    }

    @Test
    void obeysACommandThatComesWhileItWorks() {
        launch();
        for (int round = 0; round < 10; round++) {
            want(Desired.PAUSED);
            want(Desired.RUNNING);
        }
        want(Desired.DESTROYED);
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Stopped);
        assertThat(runtime.existing()).isEmpty();
    }

    @Test
    void writesTimesOfUse() {
        launch();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        book.used(ONE, Records.NOW.plusSeconds(7));
        reconciler.relist();
        Session kept = stores.sessions().find(ONE).orElseThrow().session();
        assertThat(kept.lastUsedAt()).isEqualTo(Records.NOW.plusSeconds(7));
        assertThat(book.find(ONE).orElseThrow().session()).isEqualTo(kept);
    }

    @Test
    void tellsOfUseOnceAMinuteAndHindersNoOtherWriter() {
        launch();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        reconciler.close();
        SessionRecord read = stores.sessions().find(ONE).orElseThrow();
        Instant start = clock.instant();
        book.used(ONE, start);
        book.flushUse(start);
        long told = stores.events().last();
        book.used(ONE, start.plusSeconds(30));
        book.flushUse(start.plusSeconds(30));
        assertThat(stores.events().last()).isEqualTo(told);

        book.flushUse(start.plusSeconds(60));

        assertThat(stores.events().last()).isEqualTo(told + 1);
        assertThat(book.find(ONE).orElseThrow().session().lastUsedAt()).isEqualTo(start.plusSeconds(30));
        assertThat(book.update(read.with(read.session()
                                .with(Desired.PAUSED, read.session().state())))
                        .orElseThrow()
                        .session()
                        .lastUsedAt())
                .isEqualTo(start.plusSeconds(30));
    }

    @Test
    void tellsOfTheEndOfASession() {
        List<SessionId> ended = new CopyOnWriteArrayList<>();
        book.onEnd(ended::add);
        launch();
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Ready);
        want(Desired.PAUSED);
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Paused);
        assertThat(ended).isEmpty();

        want(Desired.DESTROYED);
        Until.holds(PATIENCE, () -> state() instanceof SessionState.Stopped);

        assertThat(ended).contains(ONE);
    }

    private void want(Desired desired) {
        Until.holds(PATIENCE, () -> {
            SessionRecord record = stores.sessions().find(ONE).orElseThrow();
            return book.update(record.with(
                            record.session().with(desired, record.session().state())))
                    .isPresent();
        });
    }

    private void begin() {
        book = new SessionBook(stores.sessions());
        ReadinessProbe probe = (entry, endpoint) -> {
            questions.incrementAndGet();
            return CompletableFuture.completedFuture(answers);
        };
        reconciler = new Reconciler(
                database.writers(),
                book,
                runtime,
                probe,
                user -> Map.of(),
                SessionOrigins.onPaths(),
                Responsibility.all(),
                session -> false,
                clock,
                Deadlines.DEFAULT);
        reconciler.start();
    }

    private void launch(Mount... mounts) {
        book.launch(Records.USER, null, use -> Records.begin(ONE.value(), mounts), ReadySessions.NONE);
    }

    private SessionState state() {
        return stores.sessions().find(ONE).orElseThrow().session().state();
    }
}
