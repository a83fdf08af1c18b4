package org.datalabs.backend.session;

import java.util.concurrent.CompletionStage;
import org.datalabs.backend.runtime.Endpoint;

/** Asks a datalab, through the data plane, whether it answers. Thread-safe; never blocks. */
@FunctionalInterface
public interface ReadinessProbe {

    /**
     * One attempt, bounded in time.
     *
     * @return completes with true once the datalab itself has answered; with false, never exceptionally, otherwise
     */
    CompletionStage<Boolean> answers(SessionDirectory.Entry entry, Endpoint endpoint);
}
