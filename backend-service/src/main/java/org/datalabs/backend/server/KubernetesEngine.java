package org.datalabs.backend.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.kubernetes.KubernetesRuntime;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.volume.Volume;

/** Pods on a cluster, and the volumes that its operator offers. */
final class KubernetesEngine implements Engine {
    private final KubernetesSettings settings;
    private final List<Volume> volumes;

    KubernetesEngine(KubernetesSettings settings, List<Volume> volumes) {
        this.settings = settings;
        this.volumes = List.copyOf(volumes);
    }

    @Override
    public SessionRuntime runtime(Path state, Clock clock) {
        return KubernetesRuntime.open(settings, clock);
    }

    @Override
    public BuiltInVolumes volumes(Path state, Clock clock) {
        return () -> volumes;
    }

    @Override
    public boolean onThisMachine() {
        return false;
    }
}
