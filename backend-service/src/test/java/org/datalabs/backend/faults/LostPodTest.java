package org.datalabs.backend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What befalls a session's pod, its image, its home and its machine's kubelet. */
@Tag("cluster")
@Tag("faults")
@Timeout(300)
@EnabledIfEnvironmentVariable(named = "KUBECONFIG", matches = ".+")
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class LostPodTest {
    private static final LaunchRequest WITHOUT_IMAGE = LaunchRequest.defaults(new DatalabId("no-image"));
    private static final Duration IMAGE_MISSING = Duration.ofSeconds(90);
    private static final int HOME_KILOBYTES = 512;

    @TempDir
    static Path folder;

    private static Installation installation;
    private static ServiceProcess service;
    private static HttpServer registry;
    private static Path home;
    private static Owner owner;
    private static Settled settled;

    @BeforeAll
    static void install() throws Exception {
        registry = emptyRegistry();
        installation = Installation.make(folder, "pod");
        installation.offer(
                "no-image", "127.0.0.1:" + registry.getAddress().getPort() + "/none:1", Installation.PROBE_PORT);
        home = tinyHome();
        service = installation.replica(Path.of(System.getenv("KUBECONFIG")), installation.namespace(), "");
        service.start();
        owner = new Owner(installation.client(service));
        settled = new Settled(installation, installation.news());
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
        Installation.removeVolume(installation.namespace());
        registry.stop(0);
        run("umount", home.toString());
    }

    @AfterEach
    void leavesNothing() {
        owner.destroyAll();
        settled.check();
        assertThat(owner.states()).isEmpty();
    }

    @Test
    void tellsThatAPodWasDeletedByHand() {
        SessionId asked = owner.launch();
        SessionId forced = owner.launch();
        SessionId kept = owner.launch();
        for (SessionId session : new SessionId[] {asked, forced, kept}) {
            owner.await(session, SessionState.Ready.class);
        }
        var pods = installation.kubernetes().pods().inNamespace(installation.namespace());
        pods.withName("session-" + asked).delete();
        pods.withName("session-" + forced).withGracePeriod(0).delete();

        for (SessionId session : new SessionId[] {asked, forced}) {
            SessionState.Failed failed = (SessionState.Failed)
                    owner.await(session, SessionState.Failed.class).state();
            assertThat(failed.code()).isEqualTo(ProblemCode.INTERRUPTED);
            assertThat(failed.cause()).contains("from outside");
        }
        settled.check();
        assertThat(owner.states()).hasSize(3).containsEntry(kept, SessionState.Ready.class);
    }

    @Test
    void tellsThatAnImageDoesNotExist() {
        SessionId session = owner.launch(WITHOUT_IMAGE);
        SessionState.Pending pending = (SessionState.Pending)
                owner.await(session, SessionState.Pending.class).state();
        assertThat(pending.reason()).contains("image");
        SessionState.Failed failed = (SessionState.Failed)
                owner.await(IMAGE_MISSING, session, SessionState.Failed.class).state();
        assertThat(failed.code()).isEqualTo(ProblemCode.IMAGE_UNAVAILABLE);
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(session);
    }

    @Test
    void livesOnWithoutTheKubeletForAWhile() throws Exception {
        SessionId ready = owner.launch();
        SessionId paused = owner.launch();
        owner.await(ready, SessionState.Ready.class);
        owner.await(paused, SessionState.Ready.class);
        SessionId launched;
        Optional<ClusterProgram> found = ClusterProgram.find("kubelet");
        Assumptions.assumeTrue(found.isPresent(), "the kubelet runs on this machine");
        try (ClusterProgram kubelet = found.get()) {
            kubelet.kill();
            launched = owner.launch();
            owner.pause(paused);
            owner.await(paused, SessionState.Stopping.class);
            Outage.lasts(Duration.ofSeconds(3));
            kubelet.start();
        }
        owner.await(launched, SessionState.Ready.class);
        owner.await(paused, SessionState.Paused.class);
        settled.check();
        assertThat(owner.states())
                .containsOnlyKeys(ready, paused, launched)
                .containsEntry(ready, SessionState.Ready.class);
    }

    @Test
    void livesOnWithAHomeThatIsFull() throws Exception {
        SessionId session = owner.launch();
        owner.await(session, SessionState.Ready.class);
        assertThat(put(session, "small", 10)).isEqualTo(200);
        assertThat(put(session, "large", 2 * HOME_KILOBYTES)).isEqualTo(507);

        SessionId second = owner.launch();
        owner.await(second, SessionState.Ready.class);
        owner.pause(session);
        owner.await(session, SessionState.Paused.class);
        owner.resume(session);
        owner.await(session, SessionState.Ready.class);
        settled.check();
        assertThat(owner.states()).containsOnlyKeys(session, second);
        assertThat(Files.size(home.resolve("small"))).isEqualTo(10 * 1024);
    }

    /** Writes a file of the home through the data plane; tells the status. */
    private static int put(SessionId session, String name, int kilobytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        service.address().resolve(ApiPaths.dataPlane(session) + "files/" + name))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + Installation.TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[kilobytes * 1024]))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The only volume of a storage class named after the namespace: memory, and little of it. */
    private static Path tinyHome() throws Exception {
        Path tiny = Files.createDirectory(folder.resolve("tiny"));
        run("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + HOME_KILOBYTES + "k", "tmpfs", tiny.toString());
        installation
                .kubernetes()
                .persistentVolumes()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(installation.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName(installation.namespace())
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withAccessModes("ReadWriteMany")
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewHostPath(tiny.toString(), null)
                        .endSpec()
                        .build())
                .create();
        return tiny;
    }

    /** A registry that holds nothing (OCI distribution specification, "Pulling manifests"). */
    private static HttpServer emptyRegistry() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", exchange -> {
            boolean root = exchange.getRequestURI().getPath().equals("/v2/");
            byte[] body = (root
                            ? "{}"
                            : "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(root ? 200 : 404, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
