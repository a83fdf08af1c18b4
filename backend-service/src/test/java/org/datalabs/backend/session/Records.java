package org.datalabs.backend.session;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.ActivitySource;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Mount;
import org.jspecify.annotations.Nullable;

/** Session records to test with. */
public final class Records {
    public static final UserId USER = new UserId("local");
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Records() {}

    public static LaunchPlan plan(Mount... mounts) {
        return plan("1", Home.PERSONAL, null, mounts);
    }

    /** What a pool may hold. */
    public static LaunchPlan temporary(String versionName) {
        return plan(versionName, Home.TEMPORARY, null);
    }

    private static LaunchPlan plan(String versionName, Home home, @Nullable ActivitySource activity, Mount... mounts) {
        Version version = new Version(
                versionName,
                LocalDate.of(2024, 1, 2),
                null,
                new LocalCommand(List.of("probe"), List.of(), Map.of()),
                10_000,
                "{base}",
                "",
                null,
                activity,
                home,
                "",
                null,
                false);
        return new LaunchPlan(
                new DatalabId("probe-lab"),
                "Probe Lab",
                Kind.WEB,
                version,
                "Probe Lab",
                Resources.of(1, 2),
                List.of(mounts),
                Map.of("colour", "red"),
                Map.of(),
                60);
    }

    /** One whose datalab tells of its own work. */
    static SessionRecord telling(String id) {
        return SessionRecord.begin(
                new SessionId(id), USER, plan("1", Home.PERSONAL, ActivitySource.JUPYTER), "secret-of-" + id, NOW);
    }

    public static SessionRecord begin(String id, Mount... mounts) {
        return SessionRecord.begin(new SessionId(id), USER, plan(mounts), "secret-of-" + id, NOW);
    }
}
