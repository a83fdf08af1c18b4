package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datalabs.backend.server.Until;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A warm pool of two, kept by two replicas on a real cluster. */
@Tag("cluster")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class WarmPoolTest {
    private static final Logger LOG = LoggerFactory.getLogger(WarmPoolTest.class);
    private static final DatalabId ATLAS = new DatalabId("atlas");
    private static final LaunchRequest LAUNCH = LaunchRequest.defaults(ATLAS);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String OWNER = "datalabs.org/owner";
    private static final String SESSION = "datalabs.org/session";
    private static final String ROLE = "datalabs.org/role";

    @TempDir
    static Path folder;

    private static Installation installation;
    private static ServiceProcess one;
    private static ServiceProcess two;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.make(folder, "pool");
        installation.offerTemporary(ATLAS.value());
        installation.keepReady(ATLAS.value(), 2);
        one = installation.replica();
        two = installation.replica();
        one.begin();
        two.begin();
        one.awaitServing();
        two.awaitServing();
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
    }

    @Test
    void handsOutPodsThatRunAndLeavesNoneBehind() throws Exception {
        DatazoneClient anna = installation.client(one);
        Owner owner = new Owner(anna);
        awaitFull();
        assertThat(anna.sessions()).isEmpty();

        SessionId plain = plainly(owner);
        Session first = takenOver(anna);
        assertThat(first.owner().value()).isEqualTo(Installation.USER);
        assertThat(anna.sessions()).extracting(Session::id).containsExactlyInAnyOrder(plain, first.id());
        String label = label(pod(plain));
        Until.holds(SOON, () -> ours(first.id()).allMatch(object -> label.equals(label(object))));
        assertThat(ours(first.id())).hasSize(4);

        awaitFull();
        assertThat(pods()).extracting(WarmPoolTest::session).contains(first.id().value());
        DatazoneClient there = installation.client(two);
        // Both replicas know what is ready a moment after it is.
        List<Session> both = Until.present(SOON, () -> {
            List<Session> launched = atOnce(anna, there);
            if (launched.stream().allMatch(session -> session.state() instanceof SessionState.Ready)) {
                return Optional.of(launched);
            }
            owner.destroyAll();
            awaitFull();
            return Optional.empty();
        });
        assertThat(both).extracting(Session::id).doesNotHaveDuplicates();

        awaitFull();
        owner.destroyAll();
        withoutPools();
    }

    /** An ordinary launch, for comparison. */
    private SessionId plainly(Owner owner) {
        long begin = System.nanoTime();
        SessionId session = owner.launch();
        owner.await(session, SessionState.Ready.class);
        LOG.info("a plain launch was ready after {} ms", millis(begin));
        return session;
    }

    private Session takenOver(DatazoneClient client) {
        Set<String> before = pods().stream().map(WarmPoolTest::session).collect(Collectors.toSet());
        long begin = System.nanoTime();
        Session session = client.launch(LAUNCH);
        LOG.info("a warm launch was ready after {} ms", millis(begin));
        assertThat(session.state()).isInstanceOf(SessionState.Ready.class);
        assertThat(before)
                .as("sessions that had their pods before the request")
                .contains(session.id().value());
        return session;
    }

    private static List<Session> atOnce(DatazoneClient... clients) {
        List<Callable<Session>> launches = new ArrayList<>();
        for (DatazoneClient client : clients) {
            launches.add(() -> client.launch(LAUNCH));
        }
        ExecutorService clicks = Executors.newFixedThreadPool(clients.length);
        List<Session> launched = new ArrayList<>();
        try {
            for (Future<Session> launch : clicks.invokeAll(launches)) {
                launched.add(launch.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            clicks.shutdown();
        }
        return launched;
    }

    /** Goes on without the setting, and waits until nothing of any session is left but logs of the user's own. */
    private void withoutPools() throws Exception {
        one.stop();
        two.stop();
        installation.keepReady(ATLAS.value(), 0);
        ServiceProcess later = installation.replica();
        later.start();
        DatazoneClient client = installation.client(later);
        Until.holds(
                SOON,
                () -> objects().allMatch(object -> "log".equals(role(object)))
                        && client.sessions().isEmpty());
        Set<String> own = client.endedSessions().stream()
                .map(session -> session.id().value())
                .collect(Collectors.toSet());
        Until.holds(SOON, () -> objects().map(WarmPoolTest::session).allMatch(own::contains));
    }

    /** Waits until two sessions are ready and nobody's. */
    private static void awaitFull() {
        String all = "select count(*) from sessions where owner = 'datalabs:platform' and phase = 'READY'"
                + " and desired = 'RUNNING'";
        Until.holds(SOON, () -> installation.count(all) == 2);
    }

    private static List<Pod> pods() {
        return installation
                .kubernetes()
                .pods()
                .inNamespace(installation.namespace())
                .list()
                .getItems();
    }

    private static Pod pod(SessionId session) {
        return pods().stream()
                .filter(pod -> session(pod).equals(session.value()))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<HasMetadata> ours(SessionId session) {
        return objects().filter(object -> session(object).equals(session.value()));
    }

    /** Everything in the namespace that belongs to a session. */
    private static Stream<HasMetadata> objects() {
        var kubernetes = installation.kubernetes();
        String namespace = installation.namespace();
        return Stream.<Collection<? extends HasMetadata>>of(
                        pods(),
                        kubernetes.secrets().inNamespace(namespace).list().getItems(),
                        kubernetes.services().inNamespace(namespace).list().getItems(),
                        kubernetes
                                .network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(Collection::stream)
                .filter(object -> !session(object).isEmpty())
                .map(object -> (HasMetadata) object);
    }

    private static String session(HasMetadata object) {
        return labels(object).getOrDefault(SESSION, "");
    }

    private static String label(HasMetadata object) {
        return labels(object).getOrDefault(OWNER, "");
    }

    private static String role(HasMetadata object) {
        return labels(object).getOrDefault(ROLE, "");
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static long millis(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
