package org.datalabs.core.client;

import java.time.Duration;
import org.datalabs.core.problem.Problem;

/** How an event stream is doing. */
public sealed interface StreamState {
    /** A connection is being made. */
    record Connecting() implements StreamState {}

    /** Events come as they happen. */
    record Connected() implements StreamState {}

    /**
     * The connection could not be made or is lost.
     *
     * @param cause why
     * @param retryIn when the next attempt is made by itself
     */
    record Waiting(Problem cause, Duration retryIn) implements StreamState {}
}
