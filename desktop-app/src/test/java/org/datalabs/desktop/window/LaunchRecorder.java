package org.datalabs.desktop.window;

import java.util.ArrayList;
import java.util.List;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.launch.LaunchPort;

/** Writes down what was to be launched. */
public final class LaunchRecorder implements LaunchPort {
    private final List<Object> asked = new ArrayList<>();

    /** {@link #runAgain} as written down. */
    public record Again(Session session) {}

    /** {@link #runAgainWithMoreMemory} as written down. */
    public record AgainWithMoreMemory(Session session) {}

    public List<Object> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void run(DatalabId datalab) {
        asked.add(datalab);
    }

    @Override
    public void run(LaunchRequest settings) {
        asked.add(settings);
    }

    @Override
    public void choose(DatalabId datalab) {
        asked.add(datalab);
    }

    @Override
    public void choose(LaunchRequest settings) {
        asked.add(settings);
    }

    @Override
    public void runAgain(Session session) {
        asked.add(new Again(session));
    }

    @Override
    public void runAgainWithMoreMemory(Session session) {
        asked.add(new AgainWithMoreMemory(session));
    }

    @Override
    public long moreMemory(Session session) {
        return 2 * Math.max(session.resources().memoryBytes(), Resources.GB);
    }
}
