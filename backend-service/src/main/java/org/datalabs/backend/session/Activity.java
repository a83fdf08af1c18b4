package org.datalabs.backend.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a ready session tells of its own work, apart from its user's traffic.
 *
 * @param at when it was last at work, or null when it does not say
 * @param busy whether it is at work now
 */
public record Activity(@Nullable Instant at, boolean busy) {
    public static final Activity NONE = new Activity(null, false);
}
