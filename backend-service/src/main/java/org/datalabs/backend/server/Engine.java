package org.datalabs.backend.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.volume.BuiltInVolumes;

/** Brings the engine that runs sessions, and the volumes that come with it. */
interface Engine {
    SessionRuntime runtime(Path state, Clock clock) throws IOException;

    BuiltInVolumes volumes(Path state, Clock clock);

    /** Whether sessions run on the service's own machine, so that they share its disk and its folders. */
    boolean onThisMachine();
}
