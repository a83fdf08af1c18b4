package org.datalabs.backend.server;

import java.nio.file.Path;
import java.time.Clock;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;

/** Pods on a cluster. */
final class KubernetesEngine implements Engine {
    private final Settings settings;

    KubernetesEngine(Settings settings) {
        this.settings = settings;
    }

    @Override
    public SessionRuntime runtime(Path state, Clock clock) {
        throw new ProblemException(ProblemCode.INTERNAL, settings.name(), "");
    }

    @Override
    public BuiltInVolumes volumes(Path state, Clock clock) {
        return java.util.List::of;
    }

    @Override
    public boolean onThisMachine() {
        return false;
    }
}
