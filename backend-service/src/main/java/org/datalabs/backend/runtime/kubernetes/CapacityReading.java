package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Toleration;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.Capacity.Room;

/** What the machines have left for sessions. Pure. */
final class CapacityReading {
    private static final double CORES_MOST = 1e6;

    private final KubernetesSettings settings;

    CapacityReading(KubernetesSettings settings) {
        this.settings = settings;
    }

    /**
     * Room on each machine that takes sessions.
     *
     * @param taken what pods have set aside, by machine
     */
    Capacity capacity(Collection<NodeFacts> nodes, List<Map<String, Resources>> taken) {
        List<Room> rooms = new ArrayList<>();
        for (NodeFacts node : nodes) {
            if (takesSessions(node)) {
                Resources used = taken.stream()
                        .map(map -> map.getOrDefault(node.name(), Resources.NONE))
                        .reduce(Resources.NONE, Resources::plus);
                rooms.add(new Room(launchable(node.total().minus(used)), launchable(node.total())));
            }
        }
        return new Capacity(rooms);
    }

    /** What pods that have not ended have set aside, by machine. */
    static Map<String, Resources> taken(Collection<Pod> pods) {
        Map<String, Resources> taken = new HashMap<>();
        for (Pod pod : pods) {
            String node = pod.getSpec().getNodeName();
            String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
            if (node != null && !"Failed".equals(phase) && !"Succeeded".equals(phase)) {
                taken.merge(node, requests(pod), Resources::plus);
            }
        }
        return taken;
    }

    private static Resources requests(Pod pod) {
        Resources sum = Resources.NONE;
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getResources() != null) {
                sum = sum.plus(NodeFacts.resources(container.getResources().getRequests()));
            }
        }
        return sum;
    }

    /** Of a core only a share is set aside, so that the wizard's cores are more than the machine's. */
    private Resources launchable(Resources free) {
        double millis = Math.min(CORES_MOST, free.cpuMillis() / settings.cpuShare());
        return new Resources((int) millis, free.memoryBytes(), free.gpus());
    }

    private boolean takesSessions(NodeFacts node) {
        Placement all = settings.presets().getOrDefault(KubernetesSettings.ALL, Placement.ANYWHERE);
        Placement gpu = settings.presets().getOrDefault(KubernetesSettings.GPU, Placement.ANYWHERE);
        List<Toleration> tolerations = new ArrayList<>(all.tolerations());
        if (node.total().gpus() > 0) {
            tolerations.addAll(gpu.tolerations());
        }
        return node.answers()
                && node.open()
                && node.labels().entrySet().containsAll(all.nodeSelector().entrySet())
                && node.taints().stream()
                        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
                        .allMatch(taint -> tolerations.stream().anyMatch(toleration -> covers(toleration, taint)));
    }

    private static boolean covers(Toleration toleration, Taint taint) {
        return toleration.key().equals(taint.getKey())
                && (toleration.value() == null || toleration.value().equals(taint.getValue()))
                && (toleration.effect() == null || toleration.effect().equals(taint.getEffect()));
    }
}
