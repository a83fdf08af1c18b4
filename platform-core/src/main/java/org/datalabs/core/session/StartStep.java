package org.datalabs.core.session;

import org.jspecify.annotations.Nullable;

/**
 * A part of a start, as shown to the user while it happens.
 *
 * @param kind which part
 * @param progress how far it is
 * @param text what is done, a few words
 * @param millis how long it took or has taken so far, in milliseconds; null while it waits
 */
public record StartStep(
        Kind kind, Progress progress, String text, @Nullable Long millis) {
    /** The parts of a start in their order. */
    public enum Kind {
        SCHEDULED,
        IMAGE,
        VOLUMES,
        PROCESS,
        FIRST_ANSWER
    }

    public enum Progress {
        WAITING,
        ACTIVE,
        DONE
    }
}
