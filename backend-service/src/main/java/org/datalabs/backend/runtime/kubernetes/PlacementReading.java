package org.datalabs.backend.runtime.kubernetes;

import java.util.Collection;
import org.datalabs.core.catalogue.Resources;

/**
 * Why the scheduler finds no machine for a pod, told to its user. Pure.
 *
 * @param message the scheduler's words, such as {@code 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.}
 * @param wanted what the pod asks for
 * @param nodes the cluster's machines
 */
record PlacementReading(String message, Resources wanted, Collection<NodeFacts> nodes) {
    private static final String ALONE = "It starts by itself as soon as one is free.";

    /** Whether it is what every first launch says for a moment. */
    boolean isMomentary() {
        return message.contains("unbound immediate PersistentVolumeClaims")
                || message.contains("persistentvolumeclaim");
    }

    String reason() {
        if (message.contains(SessionPod.GPU_RESOURCE)) {
            return offers(new Resources(0, 0, wanted.gpus()))
                    ? "No machine has " + gpus() + " free."
                    : "No machine of this datazone has " + gpus() + ".";
        }
        if (message.contains("Insufficient memory") || message.contains("Insufficient cpu")) {
            return offers(wanted) ? "No machine has " + lacking() + " free." : "No machine is large enough for it.";
        }
        if (isMomentary()) {
            return "The storage for its files is not there yet.";
        }
        if (message.contains("Too many pods")) {
            return "All machines run as many datalabs as they can.";
        }
        if (message.contains("volume node affinity conflict") || message.contains("max volume count")) {
            return "No machine that can reach its volumes has room.";
        }
        if (message.contains("pod affinity")) {
            return "The machine that runs your other datalabs has no room, and your home can be on one machine only.";
        }
        if (nodes.stream().noneMatch(node -> node.answers() && node.open())) {
            return "No machine takes new datalabs now.";
        }
        return "No machine is free for it: " + Words.sentence(message);
    }

    String remedy() {
        if (message.contains(SessionPod.GPU_RESOURCE)) {
            return offers(new Resources(0, 0, wanted.gpus()))
                    ? ALONE + " Or end it and launch it without a GPU."
                    : "End it and launch it " + (wanted.gpus() > 1 ? "with fewer GPUs or without." : "without a GPU.");
        }
        if (message.contains("Insufficient memory") || message.contains("Insufficient cpu")) {
            return offers(wanted)
                    ? ALONE + " Or end it and launch it with less."
                    : "End it and launch it with fewer cores or less memory.";
        }
        if (message.contains("pod affinity")) {
            return "End one of your other datalabs, or launch it with less.";
        }
        if (isMomentary()) {
            return "If it stays like this, tell the operators of the datazone.";
        }
        return "It starts by itself when a machine is free.";
    }

    private boolean offers(Resources amount) {
        return nodes.stream().anyMatch(node -> node.answers() && amount.fitsIn(node.total()));
    }

    private String gpus() {
        return wanted.gpus() == 1 ? "a GPU" : wanted.gpus() + " GPUs";
    }

    private String lacking() {
        boolean memory = message.contains("Insufficient memory");
        boolean cpu = message.contains("Insufficient cpu");
        if (memory && cpu) {
            return "enough cores and memory";
        }
        return memory ? Words.size(wanted.memoryBytes()) + " of memory" : "enough cores";
    }
}
