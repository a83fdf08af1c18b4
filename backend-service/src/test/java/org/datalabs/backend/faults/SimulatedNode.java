package org.datalabs.backend.faults;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A machine that exists at the API server only: the scheduler, the controllers and the API server are real, the kubelet
 * is this. It says of the pods of one namespace that they run, at an address of this machine where it answers for all of
 * them.
 */
final class SimulatedNode implements AutoCloseable {
    private static final String MARK = "datalabs.org/simulated";
    private static final String ADDRESS = "127.0.0.77";
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final HttpServer datalabs;
    private final ScheduledExecutorService kubelet = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean lost;

    SimulatedNode(KubernetesClient client, String namespace) throws IOException {
        this.client = client;
        this.namespace = namespace;
        this.name = namespace;
        datalabs = HttpServer.create(new InetSocketAddress(ADDRESS, 0), 0);
        datalabs.createContext("/s/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        datalabs.start();
        client.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of(MARK, name))
                        .endMetadata()
                        .withNewSpec()
                        // Not for anybody else's pods.
                        .addNewTaint("NoSchedule", MARK, null, name)
                        .endSpec()
                        .build())
                .create();
        tell("True", Instant.now());
        var unusedLook = kubelet.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedBeat =
                kubelet.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where a datalab must listen to be heard there. */
    int port() {
        return datalabs.getAddress().getPort();
    }

    /** Lines of the service's settings by which all sessions come to this machine. */
    String settings() {
        return "presets: {all: {nodeSelector: {%1$s: %2$s}, tolerations: [{key: %1$s, effect: NoSchedule}]}}"
                .formatted(MARK, name);
    }

    /** Takes no new pods. */
    void cordon(boolean closed) {
        client.nodes().withName(name).edit(node -> new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(closed)
                .endSpec()
                .build());
    }

    /**
     * Is not heard of any more, and has not been for a while: what the node controller writes after its time is written
     * at once, with an earlier time.
     */
    void vanish(Duration silentFor) {
        lost = true;
        datalabs.stop(0);
        tell("Unknown", Instant.now().minus(silentFor));
    }

    @Override
    public void close() {
        kubelet.shutdownNow();
        datalabs.stop(0);
        client.nodes().withName(name).delete();
    }

    private void beat() {
        if (!lost) {
            try {
                tell("True", Instant.now());
            } catch (KubernetesClientException e) {
                // the next beat is soon
            }
        }
    }

    private void tell(String ready, Instant since) {
        String time = since.truncatedTo(ChronoUnit.SECONDS).toString();
        client.nodes().withName(name).editStatus(node -> new NodeBuilder(node)
                .editOrNewStatus()
                .withCapacity(room())
                .withAllocatable(room())
                .withConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready)
                        .withReason("Simulated")
                        .withLastHeartbeatTime(time)
                        .withLastTransitionTime(time)
                        .build())
                .endStatus()
                .build());
    }

    private static Map<String, Quantity> room() {
        return Map.of("cpu", new Quantity("8"), "memory", new Quantity("16Gi"), "pods", new Quantity("50"));
    }

    private void look() {
        if (lost) {
            return;
        }
        try {
            client.pods()
                    .inNamespace(namespace)
                    .withField("spec.nodeName", name)
                    .list()
                    .getItems()
                    .forEach(this::serve);
        } catch (KubernetesClientException e) {
            // the next look is soon
        }
    }

    private void serve(Pod pod) {
        var here =
                client.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            here.withGracePeriod(0).delete();
        } else if (!"Running".equals(pod.getStatus().getPhase())) {
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            here.editStatus(old -> new PodBuilder(old)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP(ADDRESS)
                    .withStartTime(now)
                    .withContainerStatuses(new ContainerStatusBuilder()
                            .withName(old.getSpec().getContainers().get(0).getName())
                            .withImage(old.getSpec().getContainers().get(0).getImage())
                            .withImageID("simulated")
                            .withReady(true)
                            .withStarted(true)
                            .withRestartCount(0)
                            .withNewState()
                            .withNewRunning(now)
                            .endState()
                            .build())
                    .endStatus()
                    .build());
        }
    }
}
