package org.datalabs.backend.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Toleration;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Capacity.Room;
import org.junit.jupiter.api.Test;

class CapacityReadingTest {
    private static final Resources TOTAL = new Resources(8000, 32 * Resources.GB, 0);

    @Test
    void subtractsWhatIsSetAside() {
        assertThat(new CapacityReading(Settings.plain())
                        .capacity(
                                List.of(node("a", true, true, List.of()), node("b", true, true, List.of())),
                                List.of(
                                        Map.of("a", Resources.of(2, 4)),
                                        Map.of("a", Resources.of(1, 8), "b", Resources.of(9, 1))))
                        .rooms())
                .containsExactly(
                        new Room(Resources.of(5, 20), TOTAL), new Room(new Resources(0, 31 * Resources.GB, 0), TOTAL));
    }

    @Test
    void leavesOutMachinesThatTakeNoSessions() {
        Taint taint = new Taint("NoSchedule", "dedicated", null, "storage");
        List<NodeFacts> nodes = List.of(
                node("silent", false, true, List.of()),
                node("cordoned", true, false, List.of()),
                node("tainted", true, true, List.of(taint)));
        assertThat(new CapacityReading(Settings.plain())
                        .capacity(nodes, List.of())
                        .rooms())
                .isEmpty();
        KubernetesSettings tolerant = Settings.presets(
                Map.of("all", new Placement(Map.of(), List.of(new Toleration("dedicated", "storage", null)))));
        assertThat(new CapacityReading(tolerant).capacity(nodes, List.of()).rooms())
                .hasSize(1);
    }

    @Test
    void countsCoresAsTheyAreLaunched() {
        assertThat(new CapacityReading(Settings.share(0.5))
                        .capacity(List.of(node("a", true, true, List.of())), List.of(Map.of("a", Resources.of(2, 0))))
                        .rooms())
                .containsExactly(new Room(
                        new Resources(12_000, 32 * Resources.GB, 0), new Resources(16_000, 32 * Resources.GB, 0)));
    }

    @Test
    void countsPodsThatHaveNotEnded() {
        Pod one = pod("a", "Running");
        Pod other = pod("a", "Pending");
        assertThat(CapacityReading.taken(List.of(one, other, pod("a", "Succeeded"), pod("a", "Failed"))))
                .containsExactly(Map.entry("a", Specs.SMALL.plus(Specs.SMALL)));
    }

    private static Pod pod(String node, String phase) {
        Pod pod = new SessionObjects(Settings.plain(), new Names("demo"))
                .pod(Specs.probe("ada").spec());
        pod.getSpec().setNodeName(node);
        pod.setStatus(new PodStatusBuilder().withPhase(phase).build());
        return pod;
    }

    private static NodeFacts node(String name, boolean answers, boolean open, List<Taint> taints) {
        return new NodeFacts(name, answers, Instant.EPOCH, open, Map.of(), taints, TOTAL);
    }
}
