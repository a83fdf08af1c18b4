package org.datalabs.core.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.datalabs.core.problem.ProblemCode;

/** Where a session is in its life. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionState.Pending.class, name = "PENDING"),
    @JsonSubTypes.Type(value = SessionState.Starting.class, name = "STARTING"),
    @JsonSubTypes.Type(value = SessionState.Ready.class, name = "READY"),
    @JsonSubTypes.Type(value = SessionState.Paused.class, name = "PAUSED"),
    @JsonSubTypes.Type(value = SessionState.Stopping.class, name = "STOPPING"),
    @JsonSubTypes.Type(value = SessionState.Stopped.class, name = "STOPPED"),
    @JsonSubTypes.Type(value = SessionState.Failed.class, name = "FAILED")
})
public sealed interface SessionState {

    /** When the session came into this state. */
    Instant since();

    /** Whether the session holds its share of the owner's quota. */
    default boolean holdsQuota() {
        return !(this instanceof Paused || this instanceof Stopped || this instanceof Failed);
    }

    /**
     * Waits for something outside.
     *
     * @param reason for what, a plain sentence
     * @param remedy what the owner can do, a plain sentence; empty when there is only to wait
     */
    record Pending(String reason, String remedy, Instant since) implements SessionState {}

    /** Is being started. */
    record Starting(List<StartStep> steps, Instant since) implements SessionState {
        public Starting {
            steps = List.copyOf(steps);
        }
    }

    /** The datalab itself has answered through the data plane. */
    record Ready(Instant since) implements SessionState {}

    /** Ended with its home kept; can be resumed. */
    record Paused(Instant since) implements SessionState {}

    /** Is being ended, towards the desired state. */
    record Stopping(Instant since) implements SessionState {}

    /** Gone for good. */
    record Stopped(Instant since) implements SessionState {}

    /**
     * Ended against the owner's wish.
     *
     * @param code kind of the failure
     * @param cause what happened, plain words
     * @param remedy what to do, plain words
     */
    record Failed(ProblemCode code, String cause, String remedy, Instant since) implements SessionState {}
}
