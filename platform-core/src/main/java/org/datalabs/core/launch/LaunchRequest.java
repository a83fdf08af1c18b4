package org.datalabs.core.launch;

import java.util.List;
import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.volume.Mount;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for. Everything but the datalab may be null and is then filled in from the manifest.
 *
 * @param datalab which datalab
 * @param version which version; null for the current one
 * @param name name of the session, at most 80 characters; null for the datalab's name
 * @param preset id of a preset; null for the recommended one or when {@code resources} are given
 * @param resources own choice of resources; null for the preset's
 * @param mounts the volumes; null for the required and suggested ones that the datazone has
 * @param options values of configuration options by name; missing ones take their defaults
 * @param lifetimeMinutes minutes until it is ended unless extended; null for the default
 */
public record LaunchRequest(
        DatalabId datalab,
        @Nullable String version,
        @Nullable String name,
        @Nullable String preset,
        @Nullable Resources resources,
        @Nullable List<Mount> mounts,
        @Nullable Map<String, String> options,
        @Nullable Integer lifetimeMinutes) {
    public static LaunchRequest defaults(DatalabId datalab) {
        return new LaunchRequest(datalab, null, null, null, null, null, null, null);
    }
}
