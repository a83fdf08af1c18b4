package org.datalabs.backend.session;

import java.time.Duration;

/**
 * How long parts of a session's life may take.
 *
 * @param start from the beginning of a start to the datalab's first answer, but for the time that its image is fetched
 * @param image from the beginning of a start to its image's arrival
 */
public record Deadlines(Duration start, Duration image) {
    public static final Deadlines DEFAULT = new Deadlines(Duration.ofMinutes(2), Duration.ofMinutes(30));
}
