package org.datalabs.core.session;

import java.time.Instant;
import java.util.List;

/**
 * A part of a session's log.
 *
 * @param lines the lines, oldest first
 * @param next position to ask for to go on where this part ends
 */
public record LogPage(List<Line> lines, long next) {
    /**
     * One line.
     *
     * @param at when it was written
     * @param source {@code datalab} for the program's output, {@code start} for the platform's own words
     * @param text without its line end, at most 4,000 characters
     */
    public record Line(Instant at, String source, String text) {}
}
