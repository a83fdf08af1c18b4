package org.datalabs.backend.session;

import java.util.concurrent.CompletionStage;
import org.datalabs.backend.runtime.Endpoint;

/** Asks a datalab that tells of its own work (see {@code Version.activity}). Thread-safe; never blocks. */
@FunctionalInterface
public interface ActivityProbe {

    /**
     * One attempt, bounded in time and size.
     *
     * @return completes with what it tells; with {@link Activity#NONE}, never exceptionally, when it gives no answer
     */
    CompletionStage<Activity> ask(SessionDirectory.Entry entry, Endpoint endpoint);
}
