package org.datalabs.backend.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.local.LocalRuntime;
import org.datalabs.backend.samples.SampleData;
import org.datalabs.backend.volume.BuiltInVolumes;

/** Sandboxes on this computer. */
final class LocalEngine implements Engine {
    @Override
    public SessionRuntime runtime(Path state, Clock clock) throws IOException {
        return new LocalRuntime(state, clock);
    }

    @Override
    public BuiltInVolumes volumes(Path state, Clock clock) {
        return new SampleVolumes(new SampleData(state), clock);
    }

    @Override
    public boolean onThisMachine() {
        return true;
    }
}
