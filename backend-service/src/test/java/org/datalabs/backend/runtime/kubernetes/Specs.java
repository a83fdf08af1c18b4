package org.datalabs.backend.runtime.kubernetes;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** Sessions to run in tests. */
record Specs(SessionId id, UserId owner, String image, Kind kind, Home files, Resources resources, List<Mount> mounts) {
    static final String PROBE = "datalabs/probe:1";
    static final KubernetesSettings.Home HOME = new KubernetesSettings.Home("standard", "1 GB", null, null);
    static final Resources SMALL = new Resources(100, 64L << 20, 0);

    private static final Random RANDOM = new Random();

    static Specs probe(String owner) {
        return new Specs(SessionId.random(RANDOM), new UserId(owner), PROBE, Kind.WEB, Home.PERSONAL, SMALL, List.of());
    }

    Specs of(SessionId other) {
        return new Specs(other, owner, image, kind, files, resources, mounts);
    }

    Specs image(String name) {
        return new Specs(id, owner, name, kind, files, resources, mounts);
    }

    Specs desktop() {
        return new Specs(id, owner, image, Kind.DESKTOP, files, resources, mounts);
    }

    Specs temporaryHome() {
        return new Specs(id, owner, image, kind, Home.TEMPORARY, resources, mounts);
    }

    Specs with(Resources wanted) {
        return new Specs(id, owner, image, kind, files, wanted, mounts);
    }

    Specs with(Mount... wanted) {
        return new Specs(id, owner, image, kind, files, resources, List.of(wanted));
    }

    SessionSpec spec(String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        boolean web = kind == Kind.WEB;
        Version version = new Version(
                "1.0+a",
                LocalDate.of(2026, 1, 2),
                image,
                null,
                web ? 10_000 : 5900,
                web ? "{base}" : "/",
                "",
                null,
                null,
                files,
                "",
                null,
                false);
        LaunchPlan plan = new LaunchPlan(
                new DatalabId("probe"), "Probe", kind, version, "Probe", resources, mounts, Map.of(), variables, 60);
        Map<VolumeId, Volume> volumes = new HashMap<>();
        mounts.forEach(mount -> volumes.put(mount.volume(), volume(mount.volume(), false)));
        return new SessionSpec(id, owner, plan, volumes, ApiPaths.dataPlane(id), "token-of-" + id.value());
    }

    static Volume volume(VolumeId id, boolean readOnly) {
        return new Volume(
                id,
                "Volume " + id.value(),
                Volume.Source.ARCHIVE,
                "",
                "",
                readOnly,
                "/data/" + id.value(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
