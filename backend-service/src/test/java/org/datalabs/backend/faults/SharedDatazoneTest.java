package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the service on one database and one cluster. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class SharedDatazoneTest {
    @TempDir
    static Path folder;

    private static Installation installation;
    private static ServiceProcess one;
    private static ServiceProcess two;
    private static Owner owner;
    private static Settled settled;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.make(folder, "shared");
        one = installation.replica();
        two = installation.replica();
        one.begin();
        two.begin();
        one.awaitServing();
        two.awaitServing();
        owner = new Owner(installation.client(one));
        settled = new Settled(installation, installation.news());
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
    }

    @AfterEach
    void leavesNothing() {
        owner.destroyAll();
        settled.check();
        assertThat(owner.states()).isEmpty();
    }

    @Test
    void acceptsExactlyFiveOfAHundredLaunchesAtOnce() throws Exception {
        List<DatazoneClient> clients = List.of(installation.client(one), installation.client(two));
        List<Callable<Session>> launches = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            DatazoneClient client = clients.get(i % 2);
            launches.add(() -> client.launch(Installation.PROBE));
        }
        ExecutorService clicks = Executors.newFixedThreadPool(100);
        List<SessionId> accepted = new ArrayList<>();
        for (Future<Session> launch : clicks.invokeAll(launches)) {
            try {
                accepted.add(launch.get().id());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().code())
                        .isEqualTo(ProblemCode.QUOTA_REACHED));
            }
        }
        clicks.shutdown();

        assertThat(accepted).hasSize(5);
        accepted.forEach(session -> owner.await(session, SessionState.Ready.class));
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(accepted);
    }

    @Test
    void goesOnWithoutAReplicaThatWasKilled() {
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(owner.launch());
        }
        two.kill();
        try {
            sessions.forEach(session -> owner.await(session, SessionState.Ready.class));
            owner.pause(sessions.get(0));
            owner.await(sessions.get(0), SessionState.Paused.class);
        } finally {
            two.start();
        }
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(sessions);
    }

    @Test
    void dropsNothingWhileItsReplicasAreReplacedOneByOne() {
        SessionId kept = owner.launch();
        owner.await(kept, SessionState.Ready.class);
        List<SessionId> sessions = new ArrayList<>(List.of(kept));
        for (ServiceProcess replica : List.of(one, two)) {
            sessions.add(owner.launch());
            replica.stop();
            sessions.add(new Owner(installation.client(replica == one ? two : one)).launch());
            replica.start();
        }
        sessions.forEach(session -> owner.await(session, SessionState.Ready.class));
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(sessions);
    }

    @Test
    void goesOnByItselfWhenItsDatabaseWasRestarted() throws Exception {
        SessionId ready = owner.launch();
        SessionId paused = owner.launch();
        SessionId ended = owner.launch();
        for (SessionId session : List.of(ready, paused, ended)) {
            owner.await(session, SessionState.Ready.class);
        }
        SessionId launched = owner.launch();
        owner.pause(paused);
        owner.destroy(ended);
        installation.databases().stopServer();
        Outage.lasts(Duration.ofSeconds(3));
        installation.databases().startServer();
        SessionId later = owner.launch();

        owner.await(launched, SessionState.Ready.class);
        owner.await(later, SessionState.Ready.class);
        owner.await(paused, SessionState.Paused.class);
        settled.check();
        assertThat(owner.states())
                .containsOnlyKeys(ready, paused, launched, later)
                .containsEntry(ready, SessionState.Ready.class);
    }
}
