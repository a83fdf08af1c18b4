package org.datalabs.backend.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long parts of a session's life may take.
 *
 * @param start from the beginning of a start to the datalab's first answer, but for the time that its image is fetched
 * @param image from the beginning of a start to its image's arrival
 * @param overtime how long past its end a session may go on that is at work
 * @param idle how long a ready session may be neither used nor at work before it is paused, or null for ever
 */
public record Deadlines(
        Duration start,
        Duration image,
        Duration overtime,
        @Nullable Duration idle) {
    public static final Deadlines DEFAULT =
            new Deadlines(Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofDays(1), null);

    /** The same with another idle time. */
    public Deadlines withIdle(@Nullable Duration newIdle) {
        return new Deadlines(start, image, overtime, newIdle);
    }
}
