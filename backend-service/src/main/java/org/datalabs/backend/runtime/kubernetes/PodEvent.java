package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster noted about a pod.
 *
 * @param pod uid of the pod
 * @param reason one word, such as {@code FailedMount}
 * @param message a sentence
 * @param since when it was noted first
 * @param at when it was noted last
 */
record PodEvent(String pod, String reason, String message, Instant since, Instant at) {
    /** Reason of the platform's own notes. */
    static final String NOTE = "Datalabs";

    static PodEvent of(Event event, Instant now) {
        Instant at = at(event, now);
        String first = event.getFirstTimestamp();
        return new PodEvent(
                orEmpty(event.getInvolvedObject().getUid()),
                orEmpty(event.getReason()),
                orEmpty(event.getMessage()),
                first == null ? at : parsed(first, at),
                at);
    }

    private static Instant at(Event event, Instant now) {
        if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
            return parsed(event.getEventTime().getTime(), now);
        }
        String time = event.getLastTimestamp();
        return time == null ? now : parsed(time, now);
    }

    static Instant parsed(String time, Instant otherwise) {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
