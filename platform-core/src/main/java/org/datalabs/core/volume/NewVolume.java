package org.datalabs.core.volume;

import org.jspecify.annotations.Nullable;

/**
 * A request for a custom volume.
 *
 * @param name the name to show, 1 to 60 characters
 * @param folder absolute path of an existing folder on the datazone's machine
 * @param readOnly whether sessions may never write to it
 * @param description one sentence, or null
 * @param usualPath where it appears in a session, or null for {@code /data/} and its id
 */
public record NewVolume(
        String name,
        String folder,
        boolean readOnly,
        @Nullable String description,
        @Nullable String usualPath) {}
