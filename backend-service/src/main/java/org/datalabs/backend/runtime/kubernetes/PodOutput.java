package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.session.LogPage.Line;

/** What a pod's program has written, as the API server hands it out. Pure. */
final class PodOutput {
    private static final long MICROS = 1_000_000;

    private PodOutput() {}

    /**
     * Path and query of a request for a part of it.
     *
     * @param after position in microseconds since 1970, 0 for the beginning, negative for the end
     */
    static String path(Pod pod, long after, int limit, int bytes) {
        StringBuilder path = new StringBuilder("/api/v1/namespaces/")
                .append(pod.getMetadata().getNamespace())
                .append("/pods/")
                .append(pod.getMetadata().getName())
                .append("/log?container=")
                .append(SessionPod.CONTAINER)
                .append("&timestamps=true&limitBytes=")
                .append(bytes);
        if (after < 0) {
            path.append("&tailLines=").append(limit);
        } else if (after > 0) {
            // The server counts in whole seconds.
            path.append("&sinceTime=").append(Instant.ofEpochSecond(after / MICROS));
        }
        return path.toString();
    }

    /** Its lines; one that was cut is left out. */
    static List<Line> lines(String output) {
        return output.lines().flatMap(line -> line(line).stream()).toList();
    }

    private static Optional<Line> line(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.parse(line.substring(0, space));
            return Optional.of(new Line(at, "datalab", KeptLog.clean(line.substring(space + 1))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
