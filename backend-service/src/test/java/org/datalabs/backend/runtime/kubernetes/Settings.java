package org.datalabs.backend.runtime.kubernetes;

import java.util.List;
import java.util.Map;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Backend;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Egress;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Placement;
import org.jspecify.annotations.Nullable;

/** Settings to test with. */
final class Settings {
    private Settings() {}

    static KubernetesSettings plain() {
        return KubernetesSettings.of("sessions", "demo", Specs.HOME);
    }

    static KubernetesSettings allowingFolders() {
        return of("sessions", "demo", true, Egress.OPEN, Map.of(), null);
    }

    static KubernetesSettings egress(Egress egress) {
        return of("sessions", "demo", false, egress, Map.of(), null);
    }

    static KubernetesSettings presets(Map<String, Placement> presets) {
        return of("sessions", "demo", false, Egress.OPEN, presets, null);
    }

    static KubernetesSettings share(double cpuRequestShare) {
        return of("sessions", "demo", false, Egress.OPEN, Map.of(), cpuRequestShare);
    }

    static KubernetesSettings of(
            String namespace,
            String zone,
            boolean allowHostPath,
            Egress egress,
            Map<String, Placement> presets,
            @Nullable Double cpuRequestShare) {
        return new KubernetesSettings(
                namespace,
                zone,
                Specs.HOME,
                allowHostPath,
                "",
                List.of(),
                null,
                egress,
                presets,
                Backend.DEFAULT,
                cpuRequestShare,
                List.of(),
                List.of(),
                Map.of());
    }
}
