package org.datalabs.core.volume;

/**
 * A volume in a session.
 *
 * @param volume which volume
 * @param path absolute, normalised path inside the session; see {@code MountRules}
 * @param readOnly whether the session may not write to it
 */
public record Mount(VolumeId volume, String path, boolean readOnly) {}
