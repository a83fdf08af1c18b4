package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@Tag("cluster")
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
class KubernetesRuntimeTest {
    private static final VolumeId NOWHERE = new VolumeId("nowhere");

    private static TestCluster cluster;
    private static TestRegistry registry;
    private static KubernetesRuntime runtime;

    @BeforeAll
    static void open() {
        registry = new TestRegistry();
        cluster = new TestCluster("kube-run");
        runtime = KubernetesRuntime.open(settings(), Clock.systemUTC());
    }

    private static KubernetesSettings settings() {
        KubernetesSettings plain = cluster.settings();
        return new KubernetesSettings(
                plain.namespace(),
                plain.zone(),
                plain.home(),
                true,
                "",
                List.of(),
                null,
                plain.egress(),
                Map.of(),
                plain.backend(),
                null,
                List.of(),
                List.of(),
                Map.of(NOWHERE, new VolumeSource.HostPath("/does/not/exist")));
    }

    @AfterAll
    static void close() {
        runtime.close();
        cluster.close();
        registry.close();
    }

    @Test
    void runsASessionFromLaunchToNothing() {
        SessionSpec spec = Specs.probe("ada").spec();
        Set<SessionId> told = ConcurrentHashMap.newKeySet();
        runtime.onChange(told::add);

        runtime.start(spec);
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Starting.class);
        Observation.Running running = running(runtime, spec.id());
        assertThat(running.steps()).allMatch(step -> step.progress() == StartStep.Progress.DONE);
        assertThat(told).contains(spec.id());

        Endpoint.Tcp endpoint = (Endpoint.Tcp) runtime.endpoint(spec.id()).orElseThrow();
        assertThat(answer(endpoint, spec.basePath(), spec.token())).isEqualTo(200);
        assertThat(answer(endpoint, spec.basePath(), "a guess")).isEqualTo(403);

        runtime.stop(spec.id());
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Stopping.class);
        assertThat(runtime.endpoint(spec.id())).isEmpty();
        gone(spec.id());
    }

    @Test
    void startsOnceHoweverOftenItIsAsked() {
        SessionSpec spec = Specs.probe("ada").spec();
        for (int i = 0; i < 5; i++) {
            runtime.start(spec);
        }
        running(runtime, spec.id());
        String uid = uid(spec.id());
        runtime.start(spec);
        try (KubernetesRuntime other = KubernetesRuntime.open(settings(), Clock.systemUTC())) {
            other.start(spec);
        }
        assertThat(uid(spec.id())).isEqualTo(uid);

        runtime.stop(spec.id());
        runtime.stop(spec.id());
        gone(spec.id());
        runtime.start(spec);
        running(runtime, spec.id());
        assertThat(uid(spec.id())).isNotEqualTo(uid);
        runtime.stop(spec.id());
        gone(spec.id());
    }

    @Test
    void endsWhatIsStoppedWhileItStarts() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        runtime.stop(spec.id());
        gone(spec.id());
    }

    @Test
    void findsEverythingAgain() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        running(runtime, spec.id());
        try (KubernetesRuntime other = KubernetesRuntime.open(settings(), Clock.systemUTC())) {
            assertThat(other.existing()).contains(spec.id());
            assertThat(other.observe(spec.id())).isInstanceOf(Observation.Running.class);
            assertThat(other.endpoint(spec.id())).isEqualTo(runtime.endpoint(spec.id()));
            other.stop(spec.id());
            Until.seen(() -> other.observe(spec.id()), Observation.Absent.class::isInstance);
        }
        gone(spec.id());
    }

    @Test
    void servesTheLogDuringAndAfterALife() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        running(runtime, spec.id());
        Until.seen(() -> runtime.log(spec.id(), 0, 100), page -> says(page, "datalab", "listens on port 10000"));
        runtime.note(spec.id(), "A word from the platform.");
        LogPage page = Until.seen(
                () -> runtime.log(spec.id(), 0, 100), now -> says(now, "start", "A word from the platform."));

        LogPage first = runtime.log(spec.id(), 0, 1);
        assertThat(first.lines()).isNotEmpty();
        LogPage rest = runtime.log(spec.id(), first.next(), 100);
        assertThat(first.lines().size() + rest.lines().size())
                .isEqualTo(page.lines().size());
        assertThat(runtime.log(spec.id(), rest.next(), 100).lines()).isEmpty();
        assertThat(runtime.log(spec.id(), -1, 1).lines())
                .containsExactly(page.lines().get(page.lines().size() - 1));

        runtime.stop(spec.id());
        gone(spec.id());
        try (KubernetesRuntime other = KubernetesRuntime.open(settings(), Clock.systemUTC())) {
            assertThat(says(other.log(spec.id(), 0, 100), "datalab", "listens on port 10000"))
                    .isTrue();
        }
        runtime.forget(spec.id());
        Until.seen(() -> runtime.log(spec.id(), 0, 100).lines(), List::isEmpty);
    }

    @Test
    void tellsWhatASessionUses() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        running(runtime, spec.id());
        UsageSample sample = Until.seen(
                () -> runtime.usage().stream()
                        .filter(use -> use.session().equals(spec.id()))
                        .findFirst()
                        .orElse(null),
                use -> use != null && use.memoryBytes() > 0);
        assertThat(sample.memoryBytes()).isLessThan(64L << 20);
        runtime.stop(spec.id());
    }

    @Test
    void foretellsFromWhatTheMachineHasLeft() {
        Capacity before = Until.seen(runtime::capacity, now -> !now.rooms().isEmpty());
        assertThat(before.rooms()).hasSize(1);
        Resources total = before.rooms().get(0).total();
        assertThat(total.memoryBytes()).isGreaterThan(1L << 30);
        SessionSpec spec =
                Specs.probe("ada").with(new Resources(300, 200L << 20, 0)).spec();
        runtime.start(spec);
        running(runtime, spec.id());
        assertThat(runtime.capacity().rooms().get(0).free().memoryBytes())
                .isLessThanOrEqualTo(total.memoryBytes() - (200L << 20));
        runtime.stop(spec.id());
    }

    @Test
    void seesAPodThatWasDeletedByHand() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        running(runtime, spec.id());
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName("session-" + spec.id())
                .withGracePeriod(0)
                .delete();
        Until.seen(() -> runtime.observe(spec.id()), Observation.Absent.class::isInstance);

        // Two minutes later what is left of it is swept up.
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
        try (KubernetesRuntime other = KubernetesRuntime.open(settings(), later)) {
            Until.seen(() -> left(spec.id()), count -> count == 0);
        }
    }

    @Test
    void saysThatAnImageDoesNotExist() {
        SessionSpec spec = Specs.probe("ada").image(registry.missing()).spec();
        Observation.Waiting waiting = waiting(spec);
        assertThat(waiting.reason()).isEqualTo("The image " + registry.missing() + " does not exist.");
        assertThat(waiting.remedy()).contains("another version");

        Clock later = Clock.offset(Clock.systemUTC(), PodReading.IMAGE_MISSING);
        try (KubernetesRuntime other = KubernetesRuntime.open(settings(), later)) {
            Observation.Ended ended = ended(other, spec.id());
            assertThat(ended.problem().code()).isEqualTo(ProblemCode.IMAGE_UNAVAILABLE);
        }
        runtime.stop(spec.id());
        gone(spec.id());
    }

    @Test
    void saysThatTheRegistryRefuses() {
        SessionSpec spec = Specs.probe("ada").image(registry.secret()).spec();
        assertThat(waiting(spec).reason())
                .isEqualTo("The registry refuses to hand out the image " + registry.secret() + ".");
        runtime.stop(spec.id());
    }

    @Test
    void saysThatAnImageIsBeingFetched() {
        SessionSpec spec = Specs.probe("ada").image(registry.slow()).spec();
        runtime.start(spec);
        Until.seen(
                () -> runtime.observe(spec.id()),
                state -> state instanceof Observation.Starting starting
                        && starting.steps().stream()
                                .anyMatch(step -> step.kind() == StartStep.Kind.IMAGE
                                        && step.progress() == StartStep.Progress.ACTIVE));
        runtime.stop(spec.id());
    }

    @Test
    void saysThatNoMachineHasAGpu() {
        SessionSpec spec =
                Specs.probe("ada").with(new Resources(100, 64L << 20, 1)).spec();
        Observation.Waiting waiting = waiting(spec);
        assertThat(waiting.reason()).isEqualTo("No machine of this datazone has a GPU.");
        assertThat(waiting.remedy()).contains("without a GPU");
        runtime.stop(spec.id());
    }

    @Test
    void saysThatNoMachineIsLargeEnough() {
        SessionSpec spec =
                Specs.probe("ada").with(new Resources(100, 4096L << 30, 0)).spec();
        assertThat(waiting(spec).reason()).isEqualTo("No machine is large enough for it.");
        runtime.stop(spec.id());
    }

    @Test
    void saysThatAVolumeCannotBeMounted() {
        SessionSpec spec = Specs.probe("ada")
                .with(new Mount(NOWHERE, "/data/nowhere", true))
                .spec();
        assertThat(waiting(spec).reason())
                .isEqualTo("The volume nowhere cannot be mounted. Its folder does not exist on the machine.");
        runtime.stop(spec.id());
    }

    @Test
    void refusesAVolumeThatTheClusterDoesNotKnow() {
        SessionSpec spec = Specs.probe("ada")
                .with(new Mount(new VolumeId("unknown"), "/data/unknown", true))
                .spec();
        runtime.start(spec);
        assertThat(ended(runtime, spec.id()).problem().code()).isEqualTo(ProblemCode.VOLUME_UNAVAILABLE);
        runtime.stop(spec.id());
        gone(spec.id());
    }

    @Test
    void saysThatMemoryRanOut() {
        SessionSpec spec = Specs.probe("ada").spec("PROBE_MEMORY_MB", "300");
        runtime.start(spec);
        Observation.Ended ended = ended(runtime, spec.id());
        assertThat(ended.problem().code()).isEqualTo(ProblemCode.OUT_OF_MEMORY);
        assertThat(ended.problem().what()).contains("64 MB");
        runtime.stop(spec.id());
    }

    @Test
    void saysHowAProgramEnded() {
        SessionSpec spec = Specs.probe("ada").spec("PROBE_EXIT", "3");
        runtime.start(spec);
        Observation.Ended ended = ended(runtime, spec.id());
        assertThat(ended.problem().code()).isEqualTo(ProblemCode.PROGRAM_ENDED);
        assertThat(ended.problem().what()).contains("status 3").contains("ends with 3 as it was told");
        // It is not started anew until it is removed.
        runtime.start(spec);
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Ended.class);
        runtime.stop(spec.id());
        gone(spec.id());
        assertThat(says(runtime.log(spec.id(), 0, 10), "datalab", "ends with 3"))
                .isTrue();
    }

    @Test
    void keepsAHomeBetweenSessions() {
        SessionSpec one = Specs.probe("grace").spec();
        runtime.start(one);
        running(runtime, one.id());
        runtime.stop(one.id());
        gone(one.id());
        String home = new Names("test").home(one.owner());
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(cluster.namespace())
                        .withName(home)
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Bound");
    }

    @Test
    void makesNoClaimForATemporaryHome() {
        SessionSpec spec = Specs.probe("heidi").temporaryHome().spec();
        runtime.start(spec);
        running(runtime, spec.id());
        runtime.stop(spec.id());
        gone(spec.id());
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(cluster.namespace())
                        .withName(new Names("test").home(spec.owner()))
                        .get())
                .isNull();
    }

    @Test
    void sparesANewerPodOfTheSameName() {
        SessionSpec spec = Specs.probe("ada").spec();
        runtime.start(spec);
        running(runtime, spec.id());
        String uid = uid(spec.id());
        try (var client = new KubernetesClientBuilder().build()) {
            new ClusterCalls(client, cluster.namespace())
                    .delete("pods", "session-" + spec.id(), "11111111-2222-3333-4444-555555555555", 0L);
        }
        assertThat(uid(spec.id())).isEqualTo(uid);
        assertThat(runtime.observe(spec.id())).isInstanceOf(Observation.Running.class);
        runtime.stop(spec.id());
    }

    @Test
    void keepsImagesOnEveryMachine() {
        KubernetesSettings plain = cluster.settings();
        KubernetesSettings keeping = new KubernetesSettings(
                plain.namespace(),
                "images",
                plain.home(),
                false,
                "",
                List.of(),
                null,
                plain.egress(),
                Map.of(),
                plain.backend(),
                null,
                List.of(),
                List.of(new DatalabId("probe")),
                Map.of());
        try (KubernetesRuntime other = KubernetesRuntime.open(keeping, Clock.systemUTC())) {
            other.know(id -> Optional.of(Specs.probe("ada").spec().plan().version()));
            Until.seen(
                    () -> cluster.client()
                            .apps()
                            .daemonSets()
                            .inNamespace(cluster.namespace())
                            .withName("images-images")
                            .get(),
                    keeper -> keeper != null
                            && Integer.valueOf(1).equals(keeper.getStatus().getNumberReady()));
            assertThat(other.existing()).isEmpty();
            other.know(id -> Optional.empty());
            Until.seen(
                    () -> cluster.client()
                            .apps()
                            .daemonSets()
                            .inNamespace(cluster.namespace())
                            .withName("images-images")
                            .get(),
                    Objects::isNull);
        }
    }

    private static Observation.Running running(KubernetesRuntime engine, SessionId id) {
        return (Observation.Running) seen(engine, id, Observation.Running.class::isInstance);
    }

    private static Observation.Ended ended(KubernetesRuntime engine, SessionId id) {
        return (Observation.Ended) seen(engine, id, Observation.Ended.class::isInstance);
    }

    private static Observation.Waiting waiting(SessionSpec spec) {
        runtime.start(spec);
        return (Observation.Waiting) seen(runtime, spec.id(), Observation.Waiting.class::isInstance);
    }

    private static Observation seen(KubernetesRuntime engine, SessionId id, Predicate<Observation> wanted) {
        return Until.seen(() -> engine.observe(id), wanted);
    }

    private static void gone(SessionId id) {
        seen(runtime, id, Observation.Absent.class::isInstance);
        assertThat(runtime.existing()).doesNotContain(id);
        Until.seen(() -> left(id), count -> count == 0);
    }

    /** How many objects of a session exist, but for its log. */
    private static int left(SessionId id) {
        var client = cluster.client();
        String name = cluster.namespace();
        Map<String, String> labels = Map.of(Names.SESSION, id.value(), Names.ROLE, Names.ROLE_SESSION);
        return client.pods()
                        .inNamespace(name)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .size()
                + client.secrets()
                        .inNamespace(name)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .size()
                + client.services()
                        .inNamespace(name)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .size()
                + client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(name)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .size();
    }

    private static String uid(SessionId id) {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName("session-" + id)
                .get()
                .getMetadata()
                .getUid();
    }

    private static boolean says(LogPage page, String source, String words) {
        return page.lines().stream()
                .anyMatch(line -> line.source().equals(source) && line.text().contains(words));
    }

    private static int answer(Endpoint.Tcp endpoint, String path, String token) {
        HttpClient client = HttpClient.newHttpClient();
        URI uri = URI.create("http://" + endpoint.host() + ":" + endpoint.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "token " + token)
                .build();
        return Until.seen(
                () -> {
                    try {
                        return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode();
                    } catch (IOException e) {
                        return 0;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                status -> status > 0);
    }
}
