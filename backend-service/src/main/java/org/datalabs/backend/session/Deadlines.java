package org.datalabs.backend.session;

import java.time.Duration;

/**
 * How long parts of a session's life may take.
 *
 * @param start from the beginning of a start to the datalab's first answer
 */
public record Deadlines(Duration start) {
    public static final Deadlines DEFAULT = new Deadlines(Duration.ofMinutes(2));
}
