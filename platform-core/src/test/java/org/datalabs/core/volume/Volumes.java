package org.datalabs.core.volume;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Volumes for tests. Shared with the tests of other modules. */
public final class Volumes {
    private Volumes() {}

    public static Volume readOnly(String id, String name) {
        return volume(id, name, true, "/data/" + id, null);
    }

    public static Volume writable(String id, String name) {
        return volume(id, name, false, "/data/" + id, null);
    }

    public static Volume broken(String id, String name, String problem) {
        return volume(id, name, false, "/data/" + id, problem);
    }

    public static Volume volume(String id, String name, boolean readOnly, String usualPath, @Nullable String problem) {
        return new Volume(
                new VolumeId(id),
                name,
                Volume.Source.ARCHIVE,
                "Somewhere",
                "Data.",
                readOnly,
                usualPath,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                problem);
    }

    public static Map<VolumeId, Volume> map(Volume... volumes) {
        return Stream.of(volumes).collect(Collectors.toUnmodifiableMap(Volume::id, Function.identity()));
    }
}
