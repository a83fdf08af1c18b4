package org.datalabs.core.api;

import org.datalabs.core.session.Desired;
import org.jspecify.annotations.Nullable;

/**
 * A change to a session; null leaves a property as it is.
 *
 * @param name new name, 1 to 80 characters
 * @param desired {@code RUNNING} to resume, {@code PAUSED} to pause; to destroy is a DELETE
 * @param extendMinutes minutes to add to its end, 1 to 1,440
 * @param revision when given, the change is refused if the session has another by now
 */
public record SessionChange(
        @Nullable String name,
        @Nullable Desired desired,
        @Nullable Integer extendMinutes,
        @Nullable Long revision) {}
