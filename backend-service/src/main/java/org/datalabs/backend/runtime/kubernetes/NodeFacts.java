package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.catalogue.Resources;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a machine of the cluster.
 *
 * @param name its name
 * @param answers whether its kubelet reports that all is well
 * @param since since when that is so
 * @param open whether new pods may come to it, as far as its operators say
 * @param labels its labels
 * @param taints what pods must put up with
 * @param total what it has for pods
 */
record NodeFacts(
        String name,
        boolean answers,
        Instant since,
        boolean open,
        Map<String, String> labels,
        List<Taint> taints,
        Resources total) {

    static NodeFacts of(Node node) {
        Optional<NodeCondition> ready = Optional.ofNullable(node.getStatus())
                .flatMap(status -> status.getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .findFirst());
        boolean closed =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return new NodeFacts(
                node.getMetadata().getName(),
                ready.filter(condition -> "True".equals(condition.getStatus())).isPresent(),
                ready.map(NodeCondition::getLastTransitionTime)
                        .map(time -> PodEvent.parsed(time, Instant.EPOCH))
                        .orElse(Instant.EPOCH),
                !closed,
                node.getMetadata().getLabels() == null
                        ? Map.of()
                        : Map.copyOf(node.getMetadata().getLabels()),
                node.getSpec() == null ? List.of() : List.copyOf(node.getSpec().getTaints()),
                resources(node.getStatus() == null ? null : node.getStatus().getAllocatable()));
    }

    /** Amounts of Kubernetes as ours; what is not named is none. */
    static Resources resources(@Nullable Map<String, Quantity> amounts) {
        if (amounts == null) {
            return Resources.NONE;
        }
        return new Resources(
                clamp(amount(amounts, "cpu").movePointRight(3)),
                amount(amounts, "memory").max(BigDecimal.ZERO).longValue(),
                clamp(amount(amounts, SessionPod.GPU_RESOURCE)));
    }

    private static BigDecimal amount(Map<String, Quantity> amounts, String name) {
        Quantity quantity = amounts.get(name);
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }

    private static int clamp(BigDecimal amount) {
        return amount.max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE / 2))
                .intValue();
    }
}
