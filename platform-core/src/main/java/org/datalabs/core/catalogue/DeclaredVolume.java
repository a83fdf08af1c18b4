package org.datalabs.core.catalogue;

import org.datalabs.core.volume.VolumeId;

/**
 * A data volume that a datalab wants.
 *
 * @param volume which volume
 * @param path where it appears in the session
 * @param importance whether a launch without it makes sense
 * @param readOnly whether it is mounted read-only
 */
public record DeclaredVolume(VolumeId volume, String path, Importance importance, boolean readOnly) {
    /** How much a datalab depends on a volume. */
    public enum Importance {
        /** A launch without it is refused. */
        REQUIRED,
        /** Mounted by default where the datazone has it. */
        SUGGESTED,
        /** Offered, not chosen by default. */
        OPTIONAL
    }
}
