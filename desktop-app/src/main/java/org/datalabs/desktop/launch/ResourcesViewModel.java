package org.datalabs.desktop.launch;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.ResourceLimits;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.CapacityRules;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.launch.QuotaUse;
import org.jspecify.annotations.Nullable;

/** The wizard's choice of resources and lifetime. */
final class ResourcesViewModel {
    private static final int CORE = 1000;
    private static final int FINE_CPU = 500;
    private static final long FINE_MEMORY = Resources.GB / 2;

    /** Lifetimes offered, in minutes; any other is kept when settings name it. */
    static final List<Integer> LIFETIMES = List.of(60, 240, 480, 1440, 2880, LaunchRules.LONGEST_LIFETIME_MINUTES);

    private final Datalab datalab;
    private final ObservableValue<QuotaUse> quota;
    private final IntegerProperty cpuMillis = new SimpleIntegerProperty(this, "cpuMillis");
    private final ObjectProperty<@Nullable Capacity> capacity = new SimpleObjectProperty<>(this, "capacity");
    private final LongProperty memoryBytes = new SimpleLongProperty(this, "memoryBytes");
    private final IntegerProperty gpus = new SimpleIntegerProperty(this, "gpus");
    private final IntegerProperty lifetimeMinutes =
            new SimpleIntegerProperty(this, "lifetimeMinutes", LaunchRules.DEFAULT_LIFETIME_MINUTES);

    ResourcesViewModel(Datalab datalab, LaunchRequest settings, ObservableValue<QuotaUse> quota) {
        this.datalab = datalab;
        this.quota = quota;
        Resources own = settings.resources();
        set(own != null ? own : preset(settings).resources());
        Integer lifetime = settings.lifetimeMinutes();
        if (lifetime != null) {
            lifetimeMinutes.set(lifetime);
        }
    }

    private ResourcePreset preset(LaunchRequest settings) {
        String id = settings.preset();
        return Optional.ofNullable(id).flatMap(datalab::preset).orElseGet(() -> ResourceChoices.recommended(datalab));
    }

    IntegerProperty cpuMillisProperty() {
        return cpuMillis;
    }

    LongProperty memoryBytesProperty() {
        return memoryBytes;
    }

    IntegerProperty gpusProperty() {
        return gpus;
    }

    IntegerProperty lifetimeMinutesProperty() {
        return lifetimeMinutes;
    }

    ObservableValue<QuotaUse> quotaProperty() {
        return quota;
    }

    Resources resources() {
        return new Resources(cpuMillis.get(), memoryBytes.get(), gpus.get());
    }

    ResourceLimits limits() {
        return datalab.limits();
    }

    List<ResourcePreset> presets() {
        return datalab.presets();
    }

    boolean isRecommended(ResourcePreset preset) {
        return preset.id().equals(datalab.recommendedPreset());
    }

    /** The preset that grants exactly what is chosen. */
    Optional<ResourcePreset> chosenPreset() {
        return ResourceChoices.preset(datalab, resources());
    }

    /** Why a preset cannot be chosen now. */
    Optional<ResourceChoices.Lock> lock(ResourcePreset preset) {
        return ResourceChoices.lock(preset.resources(), datalab, quota.getValue());
    }

    /** What is in the way of the present choice. */
    Optional<ResourceChoices.Lock> lock() {
        return ResourceChoices.lock(resources(), datalab, quota.getValue());
    }

    /** What the datazone could start now; null until it has told. */
    ObjectProperty<@Nullable Capacity> capacityProperty() {
        return capacity;
    }

    /** How a launch of the present choice would go; empty while that is not known. */
    Optional<CapacityRules.Outlook> outlook() {
        return Optional.ofNullable(capacity.get()).map(known -> CapacityRules.outlook(resources(), known));
    }

    /** Takes a preset unless it is locked. */
    void choose(ResourcePreset preset) {
        if (lock(preset).isEmpty()) {
            set(preset.resources());
        }
    }

    /** Sets the CPU to the nearest step within the datalab's limits. */
    void setCpu(double millis) {
        int step = cpuStep();
        long nearest = Math.round(millis / step) * step;
        cpuMillis.set((int)
                clamp(nearest, limits().least().cpuMillis(), limits().most().cpuMillis()));
    }

    /** Sets the memory to the nearest step within the datalab's limits. */
    void setMemory(double bytes) {
        long step = memoryStep();
        long nearest = Math.round(bytes / step) * step;
        memoryBytes.set(
                clamp(nearest, limits().least().memoryBytes(), limits().most().memoryBytes()));
    }

    void setGpus(int count) {
        gpus.set((int) clamp(count, limits().least().gpus(), limits().most().gpus()));
    }

    /** Thousandths of a core by which the choice moves. */
    int cpuStep() {
        return limits().least().cpuMillis() % CORE == 0 ? CORE : FINE_CPU;
    }

    /** Bytes by which the choice moves. */
    long memoryStep() {
        return limits().least().memoryBytes() % Resources.GB == 0 ? Resources.GB : FINE_MEMORY;
    }

    private void set(Resources resources) {
        cpuMillis.set(resources.cpuMillis());
        memoryBytes.set(resources.memoryBytes());
        gpus.set(resources.gpus());
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}
