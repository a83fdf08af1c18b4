package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.StartStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed (SIGKILL) at every step of launch, pause, resume and destroy, and started again. By default a
 * sample is taken; {@code -Ddatalabs.faults=all} takes them all.
 */
@Tag("cluster")
@Tag("faults")
@Timeout(900)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class KilledServiceTest {
    private static final boolean ALL = "all".equals(System.getProperty("datalabs.faults"));
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static Installation installation;
    private static ServiceProcess service;
    private static Owner owner;
    private static News news;
    private static Settled settled;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.make(folder, "killed");
        service = installation.replica();
        service.start();
        owner = new Owner(installation.client(service));
        news = installation.news();
        settled = new Settled(installation, news);
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
        THREADS.shutdown();
    }

    /** A step of a session's life, by what the client sees at it first. */
    private record Moment(String name, Predicate<Session> shows) {
        static Moment state(String name, Class<? extends SessionState> state) {
            return new Moment(name, session -> state.isInstance(session.state()));
        }

        static Moment step(StartStep.Kind kind) {
            return new Moment(
                    "its step " + kind,
                    session -> session.state() instanceof SessionState.Starting starting
                            && starting.steps().stream()
                                    .anyMatch(step ->
                                            step.kind() == kind && step.progress() != StartStep.Progress.WAITING));
        }
    }

    @TestFactory
    Stream<DynamicTest> survivesBeingKilledAtAStepOfALaunch() {
        return moments(starts())
                .map(moment -> DynamicTest.dynamicTest(moment.name(), () -> {
                    SessionId session = killedAt(moment, owner::launch);
                    assertSettled(session, SessionState.Ready.class);
                    owner.destroy(session);
                    assertGone(session);
                }));
    }

    @TestFactory
    Stream<DynamicTest> survivesBeingKilledAtAStepOfAPauseAndOfAResume() {
        SessionId session = owner.launch();
        List<Moment> pauses = List.of(
                Moment.state("stopping", SessionState.Stopping.class),
                Moment.state("paused", SessionState.Paused.class));
        List<Moment> resumes = starts().subList(1, starts().size());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < Math.max(pauses.size(), ALL ? resumes.size() : 2); i++) {
            Moment pause = pauses.get(i % pauses.size());
            Moment resume = resumes.get(ALL ? i : i * (resumes.size() - 1));
            tests.add(DynamicTest.dynamicTest("pause at " + pause.name(), () -> {
                owner.await(session, SessionState.Ready.class);
                killedAt(pause, () -> owner.pause(session));
                assertSettled(session, SessionState.Paused.class);
            }));
            tests.add(DynamicTest.dynamicTest("resume at " + resume.name(), () -> {
                killedAt(resume, () -> owner.resume(session));
                assertSettled(session, SessionState.Ready.class);
            }));
        }
        tests.add(DynamicTest.dynamicTest("and goes", () -> {
            owner.destroy(session);
            assertGone(session);
        }));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> survivesBeingKilledAtAStepOfAnEnd() {
        return Stream.of(
                        Moment.state("stopping", SessionState.Stopping.class),
                        Moment.state("stopped", SessionState.Stopped.class))
                .map(moment -> DynamicTest.dynamicTest(moment.name(), () -> {
                    SessionId session = owner.launch();
                    owner.await(session, SessionState.Ready.class);
                    killedAt(moment, () -> owner.destroy(session));
                    assertGone(session);
                }));
    }

    /** All four at once, and the service killed so long after they were asked for; once more while it recovers. */
    @TestFactory
    Stream<DynamicTest> survivesBeingKilledSomeTimeAfterEverythingWasAskedFor() {
        int[] sample = {0, 40, 150, 500, 1200};
        int[] all = {
            0, 5, 10, 20, 30, 40, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500, 650, 800, 1000, 1300, 1700, 2200
        };
        Trio trio = new Trio();
        return Stream.concat(
                IntStream.of(ALL ? all : sample)
                        .mapToObj(delay -> DynamicTest.dynamicTest(delay + " ms", () -> trio.killedAfter(delay))),
                Stream.of(DynamicTest.dynamicTest("and they go", trio::destroy)));
    }

    /** A session that is ready, another, and one that is paused. */
    private static final class Trio {
        private final SessionId[] sessions = new SessionId[3];

        private void begin() {
            for (int i = 0; i < sessions.length; i++) {
                sessions[i] = owner.launch();
            }
            for (SessionId session : sessions) {
                owner.await(session, SessionState.Ready.class);
            }
            owner.pause(sessions[2]);
            owner.await(sessions[2], SessionState.Paused.class);
        }

        void killedAfter(int delayMillis) {
            if (owner.states().isEmpty()) {
                begin();
            }
            SessionId ready = sessions[0];
            SessionId other = sessions[1];
            SessionId paused = sessions[2];
            CompletableFuture<SessionId> launch = CompletableFuture.supplyAsync(owner::launch, THREADS);
            CompletableFuture<Void> rest = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> owner.pause(ready), THREADS),
                    CompletableFuture.runAsync(() -> owner.resume(paused), THREADS),
                    CompletableFuture.runAsync(() -> owner.destroy(other), THREADS));
            Outage.lasts(Duration.ofMillis(delayMillis));
            service.kill();
            service.start();
            SessionId launched = launch.join();
            rest.join();
            owner.await(launched, SessionState.Ready.class);
            owner.await(paused, SessionState.Ready.class);
            owner.await(ready, SessionState.Paused.class);
            settled.check();
            assertThat(owner.states()).containsOnlyKeys(launched, ready, paused);
            sessions[0] = paused;
            sessions[1] = launched;
            sessions[2] = ready;
        }

        void destroy() {
            owner.destroyAll();
            settled.check();
            assertThat(owner.states()).isEmpty();
        }
    }

    private static List<Moment> starts() {
        List<Moment> moments = new ArrayList<>();
        moments.add(new Moment("accepted", session -> true));
        moments.add(Moment.state("starting", SessionState.Starting.class));
        for (StartStep.Kind kind : StartStep.Kind.values()) {
            moments.add(Moment.step(kind));
        }
        moments.add(Moment.state("ready", SessionState.Ready.class));
        return moments;
    }

    private static Stream<Moment> moments(List<Moment> moments) {
        return ALL ? moments.stream() : Stream.of(0, 2, moments.size() - 2).map(moments::get);
    }

    /** Kills the service when a session first shows a moment after it was asked for something, and starts it again. */
    private static SessionId killedAt(Moment moment, Supplier<SessionId> asked) throws InterruptedException {
        CountDownLatch dead = new CountDownLatch(1);
        // From the thread that hears of it, so that nothing comes between.
        news.onSession(session -> {
            if (dead.getCount() > 0 && moment.shows().test(session)) {
                service.kill();
                dead.countDown();
            }
        });
        CompletableFuture<SessionId> answer = CompletableFuture.supplyAsync(asked, THREADS);
        assertThat(dead.await(SOON.toSeconds(), TimeUnit.SECONDS))
                .as(moment.name() + " is seen")
                .isTrue();
        news.deaf();
        service.start();
        return answer.join();
    }

    private static void assertSettled(SessionId session, Class<? extends SessionState> state) {
        owner.await(session, state);
        settled.check();
        assertThat(owner.states()).containsEntry(session, state);
    }

    private static void assertGone(SessionId session) {
        settled.check();
        assertThat(owner.states()).doesNotContainKey(session);
    }
}
