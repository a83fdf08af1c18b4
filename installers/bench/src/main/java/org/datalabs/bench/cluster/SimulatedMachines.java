package org.datalabs.bench.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Machines without anything behind them: nodes that keep their leases at the API server as kubelets do (Kubernetes, "Leases:
 * node heartbeats"), and that say of every pod which the scheduler gives them that it runs, at once. The address that a pod
 * gets is one of {@link SimulatedDatalabs}.
 *
 * <p>Only pods that choose the label and put up with the taint come here, and such pods come nowhere else.
 */
final class SimulatedMachines implements AutoCloseable {
    static final String LEASES = "kube-node-lease";
    static final int PODS_OF_EACH = 110;

    private static final long RENEW_SECONDS = 10;
    private static final int WORKERS = 6;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Ground ground;
    private final KubernetesClient client;
    private final List<String> names = new ArrayList<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final AtomicInteger addresses = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SharedIndexInformer<Pod> pods;

    SimulatedMachines(Ground ground, int count) {
        this.ground = ground;
        this.client = ground.client();
        for (int number = 0; number < count; number++) {
            String name = ground.name() + "-" + number;
            names.add(name);
            client.nodes().resource(node(name)).create();
            client.leases()
                    .inNamespace(LEASES)
                    .resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(ground.labels())
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity(name)
                            .withLeaseDurationSeconds(40)
                            .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                            .endSpec()
                            .build())
                    .create();
        }
        var unused = timer.scheduleAtFixedRate(this::renew, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
        pods = client.pods().inNamespace(ground.name()).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                see(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                see(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                done.remove(pod.getMetadata().getUid());
                done.remove("end of " + pod.getMetadata().getUid());
            }
        });
    }

    /** The settings' part kubernetes that sends sessions here. */
    static String presets(Ground ground) {
        return "  presets: {all: {nodeSelector: {%s: %s}, tolerations: [{key: %s, effect: NoSchedule}]}}\n"
                .formatted(Ground.LABEL, ground.name(), Ground.LABEL);
    }

    /** Requests that were made at the API server for pods. */
    long requests() {
        return requests.get();
    }

    private Node node(String name) {
        Map<String, Quantity> size = Map.of(
                "cpu", new Quantity("256"),
                "memory", new Quantity("1Ti"),
                "pods", new Quantity(Integer.toString(PODS_OF_EACH)));
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(ground.labels())
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey(Ground.LABEL)
                .withValue(ground.name())
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .withNewStatus()
                .withCapacity(size)
                .withAllocatable(size)
                .withConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Simulated")
                        .withMessage("Nothing is behind it")
                        .withLastHeartbeatTime(now)
                        .withLastTransitionTime(now)
                        .build())
                .endStatus()
                .build();
    }

    private void renew() {
        for (String name : names) {
            try {
                String body = Serialization.asJson(Map.of(
                        "spec",
                        Map.of(
                                "renewTime",
                                Instant.now().truncatedTo(ChronoUnit.MICROS).toString())));
                client.leases().inNamespace(LEASES).withName(name).patch(MERGE, body);
            } catch (KubernetesClientException e) {
                // Four renewals in a row may fail before anybody minds.
            }
        }
    }

    private void see(Pod pod) {
        String uid = pod.getMetadata().getUid();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            once("end of " + uid, () -> end(pod));
        } else if (pod.getSpec().getNodeName() != null && pod.getStatus().getPodIP() == null) {
            once(uid, () -> run(pod));
        }
    }

    private void once(String what, Runnable work) {
        if (done.add(what)) {
            try {
                workers.execute(() -> {
                    requests.incrementAndGet();
                    try {
                        work.run();
                    } catch (KubernetesClientException e) {
                        if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                            // The next news of the pod tries again.
                            done.remove(what);
                        }
                    }
                });
            } catch (RejectedExecutionException e) {
                done.remove(what);
            }
        }
    }

    private void run(Pod pod) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String address = SimulatedDatalabs.address(addresses.getAndIncrement());
        String image = pod.getSpec().getContainers().get(0).getImage();
        String container = pod.getSpec().getContainers().get(0).getName();
        PodStatusBuilder status = new PodStatusBuilder(pod.getStatus())
                .withPhase("Running")
                .withHostIP("198.19.255.254")
                .withPodIP(address)
                .withStartTime(now)
                .addNewPodIP(address)
                .addNewContainerStatus()
                .withName(container)
                .withImage(image)
                .withImageID("simulated")
                .withContainerID("simulated://" + pod.getMetadata().getUid())
                .withReady(true)
                .withStarted(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .withStartedAt(now)
                .endRunning()
                .endState()
                .endContainerStatus();
        for (String type : List.of("Initialized", "ContainersReady", "Ready")) {
            status.addNewCondition()
                    .withType(type)
                    .withStatus("True")
                    .withLastTransitionTime(now)
                    .endCondition();
        }
        client.pods()
                .inNamespace(ground.name())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(MERGE, Serialization.asJson(Map.of("status", status.build())));
    }

    private void end(Pod pod) {
        client.pods()
                .inNamespace(ground.name())
                .withName(pod.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
    }

    @Override
    public void close() {
        pods.close();
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
