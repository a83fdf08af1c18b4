package org.datalabs.core.catalogue.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.catalogue.ResourceLimits;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Numbers;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;

/** Reads the resource presets of a datalab and their limits. */
final class ResourcesReader {
    private static final int MOST_PRESETS = 10;
    private static final int MOST_CORES = 1024;
    private static final int MOST_GPUS = 64;
    private static final long MOST_MEMORY = 64L << 40;
    private static final String CORES = "Give cores, from 0.001 to " + MOST_CORES + ", such as 0.5.";

    private final Problems problems;

    ResourcesReader(Problems problems) {
        this.problems = problems;
    }

    /** What the {@code resources} of a manifest say. */
    record Result(List<ResourcePreset> presets, String recommended, ResourceLimits limits) {}

    Result resources(Fields fields) {
        Optional<Node> node = fields.required("resources", "Give least, most, recommended and presets.");
        if (node.isEmpty()) {
            return new Result(List.of(), "", new ResourceLimits(Resources.NONE, Resources.NONE));
        }
        Fields own = Fields.of(node.get(), "resources", problems, List.of("least", "most", "recommended", "presets"));
        ResourceLimits limits = new ResourceLimits(limit(own, "least"), limit(own, "most"));
        if (own.has("least") && own.has("most") && !limits.least().fitsIn(limits.most())) {
            own.problem("most", "The most is below the least.", "Give at least as much of everything as in least.");
        }
        List<ResourcePreset> presets = new ArrayList<>();
        own.someItems(
                "presets",
                MOST_PRESETS,
                "Give at least one, such as {id: small, name: Small, cpu: 1, memory: 2 GB}.",
                (item, path) -> presets.add(preset(item, path, presets, limits)));
        String recommended = own.text("recommended", Forms.PRESET_ID);
        boolean known = presets.stream().anyMatch(preset -> preset.id().equals(recommended));
        if (!recommended.isEmpty() && !presets.isEmpty() && !known) {
            own.problem(
                    "recommended",
                    "There is no preset " + Fields.shown(recommended) + ".",
                    "Give one of "
                            + String.join(
                                    ", ",
                                    presets.stream().map(ResourcePreset::id).toList()) + ".");
        }
        return new Result(presets, recommended, limits);
    }

    private Resources limit(Fields fields, String name) {
        Optional<Node> node = fields.required(name, "Give {cpu: 0.5, memory: 512 MB}.");
        if (node.isEmpty()) {
            return Resources.NONE;
        }
        return amounts(Fields.of(node.get(), fields.field(name), problems, List.of("cpu", "memory", "gpu")));
    }

    private ResourcePreset preset(Node node, String path, List<ResourcePreset> earlier, ResourceLimits limits) {
        Fields own = Fields.of(node, path, problems, List.of("id", "name", "cpu", "memory", "gpu", "note"));
        String id = own.text("id", Forms.PRESET_ID);
        if (earlier.stream().anyMatch(other -> other.id().equals(id))) {
            own.problem("id", "The preset " + id + " is given twice.", "Give each preset an id of its own.");
        }
        Resources resources = amounts(own);
        checkWithin(
                own,
                "cpu",
                limits.least().cpuMillis(),
                resources.cpuMillis(),
                limits.most().cpuMillis());
        checkWithin(
                own,
                "memory",
                limits.least().memoryBytes(),
                resources.memoryBytes(),
                limits.most().memoryBytes());
        if (own.has("gpu") || limits.least().gpus() > 0) {
            if (resources.gpus() < limits.least().gpus()
                    || resources.gpus() > limits.most().gpus()) {
                outside(own, "gpu");
            }
        }
        return new ResourcePreset(
                id,
                own.text("name", TextForm.line(40)),
                resources,
                own.text("note", TextForm.line(120).orEmpty(), ""));
    }

    /** Amounts of zero stand for values with a problem of their own. */
    private static void checkWithin(Fields own, String name, long least, long value, long most) {
        if (value > 0 && most > 0 && (value < least || value > most)) {
            outside(own, name);
        }
    }

    private static void outside(Fields fields, String name) {
        fields.problem(
                name,
                "The preset lies outside the limits of the datalab.",
                "Keep it between resources.least and resources.most.");
    }

    private Resources amounts(Fields own) {
        own.required("cpu", CORES);
        int cpuMillis =
                own.number("cpu", CORES).map(cores -> millis(own, cores)).orElse(0);
        String memory = own.text("memory", Forms.AMOUNT);
        long bytes = Numbers.bytes(memory).orElse(0L);
        if (!memory.isEmpty() && (bytes == 0 || bytes > MOST_MEMORY)) {
            own.problem("memory", Fields.shown(memory) + " is not possible here.", "Give from 1 kB to 64 TB.");
        }
        return new Resources(cpuMillis, bytes, own.integer("gpu", 0, MOST_GPUS, 0));
    }

    private static int millis(Fields own, BigDecimal cores) {
        BigDecimal millis = cores.movePointRight(3).stripTrailingZeros();
        boolean possible =
                millis.scale() <= 0 && millis.signum() > 0 && cores.compareTo(BigDecimal.valueOf(MOST_CORES)) <= 0;
        if (!possible) {
            own.problem("cpu", cores.toPlainString() + " cores are not possible.", CORES);
            return 0;
        }
        return millis.intValue();
    }
}
