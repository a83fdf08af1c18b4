package org.datalabs.desktop.session.link;

import java.time.Instant;
import org.datalabs.core.problem.Problem;

/** How a session's stream stands. */
public sealed interface LinkState {
    /**
     * A try is under way.
     *
     * @param attempt 1 for the first
     */
    record Connecting(int attempt) implements LinkState {}

    record Connected(Instant since) implements LinkState {}

    /**
     * Lost or not reached; tried again by itself.
     *
     * @param attempt how many tries have failed since the link last stood
     */
    record Lost(int attempt, Instant nextTry, Problem cause) implements LinkState {}

    /** Ended for good. */
    record Closed(Problem reason) implements LinkState {}
}
