package org.datalabs.backend.volume;

import java.util.Map;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** The volumes that a user may mount. Thread-safe; may block on the file system. */
public interface Volumes {

    /** By id, with their folders. */
    Map<VolumeId, Volume> of(UserId user);
}
