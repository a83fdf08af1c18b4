package org.datalabs.core.launch;

import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.volume.Mount;

/**
 * A launch that obeys every rule and holds every value.
 *
 * @param datalab which datalab
 * @param datalabName its name
 * @param kind how it is shown
 * @param version the version itself
 * @param name name of the session
 * @param resources what it may use
 * @param mounts its volumes
 * @param options a value for each configuration option
 * @param environment variables that carry options into the session
 * @param lifetimeMinutes minutes until it is ended unless extended
 */
public record LaunchPlan(
        DatalabId datalab,
        String datalabName,
        Kind kind,
        Version version,
        String name,
        Resources resources,
        List<Mount> mounts,
        Map<String, String> options,
        Map<String, String> environment,
        int lifetimeMinutes) {
    public LaunchPlan {
        mounts = List.copyOf(mounts);
        options = Map.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** Whether a session of the other plan is as good for this one's user but for its name and its end. */
    public boolean asksFor(LaunchPlan other) {
        return equals(other.with(name, lifetimeMinutes));
    }

    private LaunchPlan with(String newName, int newLifetimeMinutes) {
        return new LaunchPlan(
                datalab,
                datalabName,
                kind,
                version,
                newName,
                resources,
                mounts,
                options,
                environment,
                newLifetimeMinutes);
    }
}
