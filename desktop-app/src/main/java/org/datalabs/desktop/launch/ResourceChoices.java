package org.datalabs.desktop.launch;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javafx.beans.value.ObservableValue;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Quota;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;

/** What may be chosen of a datazone's resources, and why the rest may not. Pure. */
final class ResourceChoices {
    /** Stands for a quota that has not been read yet: the datazone decides. */
    static final QuotaUse UNKNOWN = new QuotaUse(
            new Quota(Integer.MAX_VALUE, new Resources(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE)),
            0,
            Resources.NONE);

    private ResourceChoices() {}

    /** The user's quota as it changes; {@link #UNKNOWN} until it is read. */
    static ObservableValue<QuotaUse> quota(Datazone datazone) {
        return datazone.meProperty()
                .map(me -> me == null ? UNKNOWN : me.quota())
                .orElse(UNKNOWN);
    }

    /** What stands in the way of an amount. */
    enum Obstacle {
        LEAST,
        MOST,
        CPU,
        MEMORY,
        GPU
    }

    /**
     * Why an amount cannot be had.
     *
     * @param missing thousandths of a core, bytes or GPUs that are missing; 0 for limits of the datalab itself
     */
    record Lock(Obstacle obstacle, long missing) {}

    /** The first thing in the way of {@code wanted}; empty when it can be had. */
    static Optional<Lock> lock(Resources wanted, Datalab datalab, QuotaUse quota) {
        if (!wanted.fitsIn(datalab.limits().most())) {
            return Optional.of(new Lock(Obstacle.MOST, 0));
        }
        if (!datalab.limits().least().fitsIn(wanted)) {
            return Optional.of(new Lock(Obstacle.LEAST, 0));
        }
        Resources left = quota.left();
        return shortage(Obstacle.CPU, wanted, left, Resources::cpuMillis)
                .or(() -> shortage(Obstacle.MEMORY, wanted, left, Resources::memoryBytes))
                .or(() -> shortage(Obstacle.GPU, wanted, left, Resources::gpus));
    }

    /** The preset that grants exactly {@code resources}. */
    static Optional<ResourcePreset> preset(Datalab datalab, Resources resources) {
        return datalab.presets().stream()
                .filter(preset -> preset.resources().equals(resources))
                .findFirst();
    }

    /** The maintainer's choice. */
    static ResourcePreset recommended(Datalab datalab) {
        return datalab.preset(datalab.recommendedPreset())
                .orElse(datalab.presets().get(0));
    }

    /**
     * More memory for a session that ran out of it: the next preset with more, else twice as much, within the datalab's
     * limits; empty when it already has the most.
     */
    static Optional<Resources> moreMemory(Session session, Datalab datalab) {
        Resources had = session.resources();
        long most = datalab.limits().most().memoryBytes();
        List<Resources> larger = datalab.presets().stream()
                .map(ResourcePreset::resources)
                .filter(preset -> preset.memoryBytes() > had.memoryBytes() && preset.memoryBytes() <= most)
                .toList();
        long memory = larger.isEmpty()
                ? Math.min(most, 2 * had.memoryBytes())
                : larger.get(0).memoryBytes();
        return memory > had.memoryBytes()
                ? Optional.of(new Resources(had.cpuMillis(), memory, had.gpus()))
                : Optional.empty();
    }

    private static Optional<Lock> shortage(
            Obstacle obstacle, Resources wanted, Resources left, ToLongFunction<Resources> amount) {
        long missing = amount.applyAsLong(wanted) - amount.applyAsLong(left);
        return missing > 0 ? Optional.of(new Lock(obstacle, missing)) : Optional.empty();
    }
}
