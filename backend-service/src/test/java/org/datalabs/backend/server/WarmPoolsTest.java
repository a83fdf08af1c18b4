package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.backend.store.Databases;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Warm pools of two whole services over one PostgreSQL and one engine. */
@Timeout(120)
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class WarmPoolsTest {
    private static final DatalabId LAB = new DatalabId("probe-lab");
    private static final LaunchRequest PLAIN = LaunchRequest.defaults(LAB);
    private static final PoolSetting TWO =
            new PoolSetting(LAB, null, null, 2, Map.of("datalab", "settings.yaml:3 warmPools[0].datalab"));
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ANNA = "token-of-anna-0123456789";
    private static final String BERT = "token-of-bert-0123456789";

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Databases databases;
    private PostgresSettings database;

    @BeforeEach
    void start() throws Exception {
        databases = new Databases(folder);
        database = databases.serve();
        manifest("home: temporary");
        Files.writeString(
                folder.resolve("users"), "anna " + hash(ANNA) + " Anna A.\nbert " + hash(BERT) + " Bert B.\n");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
        runtime.close();
        databases.close();
    }

    @Test
    void handsOutWhatIsReadyAndFillsUpAgain() throws Exception {
        Replica one = replica(TWO);
        Replica two = replica(TWO);
        await(() -> ready().size() == 2);
        assertThat(client(one, ANNA).sessions()).isEmpty();
        assertThat(client(one, ANNA).me().quota().sessions()).isZero();
        Replica.Events news = two.events(ANNA, null);
        open.add(news);
        // Both replicas know what is ready a moment after it is.
        Session session = claimed(client(two, ANNA));

        assertThat(session.state()).isInstanceOf(SessionState.Ready.class);
        assertThat(session.owner()).isEqualTo(new UserId("anna"));
        await(() ->
                runtime.owner(session.id()).filter(new UserId("anna")::equals).isPresent());
        assertThat(client(one, ANNA).sessions()).extracting(Session::id).containsExactly(session.id());
        assertThat(client(one, ANNA).me().quota().sessions()).isOne();
        assertThat(client(one, BERT).sessions()).isEmpty();
        assertThatThrownBy(() -> client(one, BERT).ticket(session.id())).isInstanceOf(ProblemException.class);
        assertThat(client(one, ANNA).ticket(session.id())).isNotNull();
        await(() -> news.kept().stream()
                .anyMatch(event -> String.valueOf(event.get("data")).contains("\"READY\"")));
        await(() -> ready().size() == 2);
        assertThat(runtime.starts()).isEqualTo(3);
    }

    @Test
    void givesEachOfTwoLaunchesAtOnceAnother() throws Exception {
        Replica one = replica(TWO);
        Replica two = replica(TWO);
        await(() -> ready().size() == 2);
        ExecutorService both = Executors.newFixedThreadPool(2);
        List<Callable<Session>> launches = List.of(
                () -> client(one, ANNA).launch(PLAIN), () -> client(two, BERT).launch(PLAIN));
        List<SessionId> launched = new ArrayList<>();
        for (Future<Session> launch : both.invokeAll(launches)) {
            launched.add(launch.get().id());
        }
        both.shutdown();
        assertThat(launched).doesNotHaveDuplicates();
        await(() -> ready().size() == 2);
        assertThat(runtime.existing()).hasSize(4);
    }

    @Test
    void launchesAsUsualWhateverAsksForMoreThanAPoolHolds() throws Exception {
        Replica one = replica(TWO);
        await(() -> ready().size() == 2);
        List<SessionId> pool = ready();
        Session own = client(one, ANNA)
                .launch(new LaunchRequest(LAB, null, null, null, Resources.of(2, 4), null, null, null));
        assertThat(pool).doesNotContain(own.id());
        assertThat(ready()).containsExactlyInAnyOrderElementsOf(pool);
    }

    @Test
    void replacesWhatFailsAndWhatTheCatalogueHasNoMore() throws Exception {
        replica(TWO);
        await(() -> ready().size() == 2);
        List<SessionId> first = ready();
        manifest("home: temporary\n    notes: Mended.");
        await(() -> ready().size() == 2 && ready().stream().noneMatch(first::contains));
        manifest("home: personal");
        await(() -> runtime.existing().isEmpty());
        await(() -> runtime.logged().isEmpty());
    }

    @Test
    void doesNotHandOutWhatHasJustDied() throws Exception {
        Replica one = replica(TWO);
        await(() -> ready().size() == 2);
        List<SessionId> dead = ready();
        dead.forEach(session -> runtime.end(session, Problem.of(ProblemCode.PROGRAM_ENDED, "It ended.", "")));
        Session launched = client(one, ANNA).launch(PLAIN);
        assertThat(dead).doesNotContain(launched.id());
    }

    @Test
    void endsAllWhenTheSettingGoes() throws Exception {
        Replica one = replica(TWO);
        await(() -> ready().size() == 2);
        Session users = client(one, ANNA).launch(PLAIN);
        one.close();
        open.remove(one);
        Replica later = replica();
        await(() -> List.copyOf(runtime.existing()).equals(List.of(users.id())));
        assertThat(client(later, ANNA).sessions()).extracting(Session::id).containsExactly(users.id());
        await(() -> runtime.logged().equals(Set.of(users.id())));
    }

    @Test
    void doesNotStartWithAPoolThatCannotBe() throws Exception {
        manifest("home: personal");
        assertThatThrownBy(() -> replica(TWO))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST))
                .hasMessageContaining("settings.yaml:3 warmPools[0].datalab: Probe Lab 1 has its user's own home");
    }

    /** What runs and is nobody's yet. */
    private List<SessionId> ready() {
        return runtime.existing().stream()
                .filter(session ->
                        runtime.owner(session).filter(UserId.PLATFORM::equals).isPresent())
                .filter(session -> runtime.observe(session) instanceof Observation.Running)
                .toList();
    }

    /** Launches and destroys until a launch takes something over. */
    private Session claimed(DatazoneClient client) {
        return Until.present(SOON, () -> {
            Session session = client.launch(PLAIN);
            if (session.state() instanceof SessionState.Ready) {
                return Optional.of(session);
            }
            client.destroy(session.id());
            return Optional.empty();
        });
    }

    private Replica replica(PoolSetting... pools) {
        Replica replica = Replica.start(folder, database, runtime, pools);
        open.add(0, replica);
        return replica;
    }

    private DatazoneClient client(Replica replica, String token) {
        DatazoneClient client = replica.client(token);
        open.add(0, client);
        return client;
    }

    private void manifest(String more) throws Exception {
        Path catalogue = folder.resolve("catalogue");
        TestServer.writeManifest(catalogue, LAB.value());
        Path file = catalogue.resolve(LAB.value()).resolve("datalab.yaml");
        Files.writeString(
                file, Files.readString(file).replace("released: 2024-01-02", "released: 2024-01-02\n    " + more));
    }

    private static void await(BooleanSupplier condition) {
        Until.holds(SOON, condition);
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
