package org.datalabs.backend.runtime.local;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.StartStep.Kind;
import org.datalabs.core.session.StartStep.Progress;
import org.jspecify.annotations.Nullable;

/** The steps of one start with their times, up to the running process. Thread-safe. */
final class StartSteps {
    private static final List<Kind> ORDER = List.of(Kind.SCHEDULED, Kind.IMAGE, Kind.VOLUMES, Kind.PROCESS);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<Kind, StartStep> steps = new EnumMap<>(Kind.class);
    private @Nullable Kind active;
    private long activeSince;

    StartSteps() {
        steps.put(Kind.SCHEDULED, waiting(Kind.SCHEDULED, "Place on this computer"));
        steps.put(Kind.IMAGE, waiting(Kind.IMAGE, "Find the programs"));
        steps.put(Kind.VOLUMES, waiting(Kind.VOLUMES, "Mount the volumes"));
        steps.put(Kind.PROCESS, waiting(Kind.PROCESS, "Start the program"));
    }

    synchronized void begin(Kind kind, String text) {
        active = kind;
        activeSince = System.nanoTime();
        steps.put(kind, new StartStep(kind, Progress.ACTIVE, text, 0L));
    }

    synchronized void done(Kind kind, String text) {
        steps.put(kind, new StartStep(kind, Progress.DONE, text, elapsed()));
        active = null;
    }

    synchronized List<StartStep> list() {
        List<StartStep> list = new ArrayList<>();
        for (Kind kind : ORDER) {
            StartStep step = steps.get(kind);
            if (step == null) {
                continue;
            }
            list.add(kind == active ? new StartStep(kind, step.progress(), step.text(), elapsed()) : step);
        }
        return list;
    }

    private long elapsed() {
        return (System.nanoTime() - activeSince) / NANOS_PER_MILLI;
    }

    private static StartStep waiting(Kind kind, String text) {
        return new StartStep(kind, Progress.WAITING, text, null);
    }
}
