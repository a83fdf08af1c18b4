package org.datalabs.backend.runtime;

import java.time.Instant;
import java.util.List;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.StartStep;

/** What an engine sees of a session. */
public sealed interface Observation {

    /** Nothing of it exists. */
    record Absent() implements Observation {}

    /**
     * Cannot go on for now.
     *
     * @param reason why, a plain sentence
     * @param remedy what the owner can do, a plain sentence; empty when there is only to wait
     * @param steps the steps of its start so far
     */
    record Waiting(String reason, String remedy, List<StartStep> steps) implements Observation {}

    /** Its process does not run yet. */
    record Starting(List<StartStep> steps) implements Observation {}

    /**
     * Its process runs.
     *
     * @param since when it was first seen
     * @param steps the steps of its start so far
     * @param shown whether a desktop program has opened a window; always true for a web datalab
     */
    record Running(Instant since, List<StartStep> steps, boolean shown) implements Observation {}

    /** Its process has ended by itself or could not be started; its remains wait to be removed. */
    record Ended(Problem problem, Instant at) implements Observation {}

    /** Is being removed. */
    record Stopping() implements Observation {}
}
