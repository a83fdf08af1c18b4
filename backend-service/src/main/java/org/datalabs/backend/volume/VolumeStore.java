package org.datalabs.backend.volume;

import java.util.List;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.volume.VolumeId;

/** Keeps custom volumes. Each change tells of itself by an event, in the same transaction. Thread-safe; blocks. */
public interface VolumeStore {
    List<CustomVolume> list(UserId owner);

    /** Adds a volume; false when its id is taken. */
    boolean add(CustomVolume volume);

    /**
     * Removes a volume, unless a session that has not ended mounts it.
     *
     * @return names of those sessions; empty when the volume is gone
     */
    List<String> remove(UserId owner, VolumeId volume);

    /** A folder that a user added. */
    record CustomVolume(
            VolumeId id,
            UserId owner,
            String name,
            String folder,
            String description,
            String usualPath,
            boolean readOnly) {}
}
