package org.datalabs.desktop.datazone;

import java.time.Instant;
import org.datalabs.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/** How a datazone is reached at the moment. */
public sealed interface Connection {

    /** The first attempt is under way; {@code what} says what is done, such as starting the embedded service. */
    record Connecting(String what) implements Connection {}

    /** Answers; {@code roundTripMillis} is the last measured round trip in milliseconds. */
    record Online(long roundTripMillis) implements Connection {}

    /**
     * Does not answer.
     *
     * @param since when it last answered, or when the first attempt failed
     * @param cause why
     * @param nextTry when it is tried again by itself, or null while a try is under way
     */
    record Offline(Instant since, Problem cause, @Nullable Instant nextTry) implements Connection {}
}
