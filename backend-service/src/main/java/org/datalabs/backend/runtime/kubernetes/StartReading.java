package org.datalabs.backend.runtime.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.StartStep.Kind;
import org.datalabs.core.session.StartStep.Progress;
import org.jspecify.annotations.Nullable;

/** The steps of a start. A machine mounts volumes before it fetches the image. Pure. */
final class StartReading {
    private StartReading() {}

    /** Of a pod that is being made. */
    static List<StartStep> asked(Instant since, Instant now) {
        return steps(new Milestones(since, null, null, null, null), now);
    }

    static List<StartStep> steps(Milestones times, Instant now) {
        Instant started = times.started();
        Instant scheduled = times.scheduled() == null ? started : times.scheduled();
        // Notes are gone after an hour; what has started had its image.
        Instant pulled = times.pulled() == null ? started : times.pulled();
        Instant pulling = times.pulling() == null ? pulled : times.pulling();
        return List.of(
                step(
                        Kind.SCHEDULED,
                        times.created(),
                        scheduled,
                        now,
                        "Find a machine",
                        "Finding a machine",
                        "Has a machine"),
                step(
                        Kind.IMAGE,
                        pulling,
                        pulled,
                        now,
                        "Fetch the image",
                        "Fetching the image",
                        times.pulling() == null ? "Image present" : "Image fetched"),
                step(
                        Kind.VOLUMES,
                        scheduled,
                        pulling,
                        now,
                        "Mount the volumes",
                        "Mounting the volumes",
                        "Volumes mounted"),
                step(
                        Kind.PROCESS,
                        pulled,
                        started,
                        now,
                        "Start the program",
                        "Starting the program",
                        "Program started"));
    }

    private static StartStep step(
            Kind kind,
            @Nullable Instant from,
            @Nullable Instant to,
            Instant now,
            String waiting,
            String active,
            String done) {
        if (from == null) {
            return new StartStep(kind, Progress.WAITING, waiting, null);
        }
        return to == null
                ? new StartStep(kind, Progress.ACTIVE, active, millis(from, now))
                : new StartStep(kind, Progress.DONE, done, millis(from, to));
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
