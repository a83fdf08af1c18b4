package org.datalabs.backend.session;

/** What the reconciler does after a decision. Each may be carried out any number of times. */
sealed interface Effect {

    /** Bring the processes about. */
    record Start() implements Effect {}

    /** End the processes and remove what was made for them. */
    record Stop() implements Effect {}

    /** Ask the datalab whether it answers. */
    record Probe() implements Effect {}

    /** Write a line of the platform's own into the session's log. */
    record Note(String text) implements Effect {}

    /** Delete the session's record and log. */
    record Remove() implements Effect {}
}
