package org.datalabs.core.volume;

import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Storage that a session can mount.
 *
 * @param id identity within the datazone
 * @param name the name to show
 * @param source whose it is
 * @param origin where the data come from, a few words
 * @param description what is in it, one sentence
 * @param readOnly whether it can never be written
 * @param usualPath where it appears in a session unless the user says otherwise
 * @param sizeBytes bytes of all files, or null when not counted
 * @param files number of files, or null when not counted
 * @param mission mission of an archive volume, or null
 * @param licence terms of use, or null
 * @param samplePath a file in it worth opening first, relative to the volume, or null
 * @param folder folder on the datazone's machine of a custom volume, or null; told to its owner only
 * @param owner owner of a custom volume, or null for those that everybody has
 * @param problem why it cannot be mounted now, or null when it can
 */
public record Volume(
        VolumeId id,
        String name,
        Source source,
        String origin,
        String description,
        boolean readOnly,
        String usualPath,
        @Nullable Long sizeBytes,
        @Nullable Long files,
        @Nullable String mission,
        @Nullable String licence,
        @Nullable String samplePath,
        @Nullable String folder,
        @Nullable UserId owner,
        @Nullable String problem) {
    /** Whose storage a volume is. */
    public enum Source {
        ARCHIVE,
        CUSTOM,
        TEAM,
        WORKSPACE
    }
}
