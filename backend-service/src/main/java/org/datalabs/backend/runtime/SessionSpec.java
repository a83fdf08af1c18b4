package org.datalabs.backend.runtime;

import java.util.Map;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/**
 * All that an engine needs to run a session.
 *
 * @param id the session
 * @param owner its owner, whose home is mounted
 * @param plan the checked launch
 * @param volumes the volumes that the plan mounts, with their folders
 * @param basePath URL path prefix under which the session is reached, with a slash at both ends
 * @param token the session's own token; a secret
 */
public record SessionSpec(
        SessionId id, UserId owner, LaunchPlan plan, Map<VolumeId, Volume> volumes, String basePath, String token) {
    public SessionSpec {
        volumes = Map.copyOf(volumes);
    }

    @Override
    public String toString() {
        return "SessionSpec[" + id + "]";
    }
}
