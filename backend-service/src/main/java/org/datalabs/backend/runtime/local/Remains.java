package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;

/**
 * What an earlier backend left of a session. Its processes end with the backend; should one have outlived it, nobody
 * holds its streams any more, so it is ended rather than taken over.
 */
final class Remains {
    private static final int GONE_ATTEMPTS = 1000;
    private static final long GONE_PAUSE_MILLIS = 5;

    private final Site site;
    private final RunFolder run;

    Remains(Site site, SessionId session) {
        this.site = site;
        this.run = site.runFolder(session);
    }

    boolean exist() {
        return run.exists();
    }

    Observation observe() {
        return new Observation.Ended(
                Problem.of(
                        ProblemCode.INTERRUPTED,
                        "The datazone stopped while it ran. " + (run.hasHome() ? Home.TEMPORARY : Home.PERSONAL).fate(),
                        "Run it again."),
                endedAt());
    }

    private Instant endedAt() {
        try {
            return Files.getLastModifiedTime(run.folder()).toInstant();
        } catch (IOException e) {
            return site.clock().instant();
        }
    }

    /** Ends the processes at once and waits until they are gone. */
    void endProcesses() {
        List<ProcessMark> marks = run.processMarks();
        marks.forEach(ProcessMark::kill);
        for (int i = 0; i < GONE_ATTEMPTS && marks.stream().anyMatch(ProcessMark::alive); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GONE_PAUSE_MILLIS));
        }
    }

    void remove() throws IOException {
        endProcesses();
        ControlGroup.remove(run.groups());
        run.remove();
    }
}
