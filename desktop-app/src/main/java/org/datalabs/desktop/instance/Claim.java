package org.datalabs.desktop.instance;

import org.datalabs.core.problem.Problem;

/** The answer to an app that wants to be the only one on a state folder. */
public sealed interface Claim {
    /** It is; the instance is closed when the app ends. */
    record First(AppInstance instance) implements Claim {}

    /** Another is, and shows its window now: this one ends, all being well. */
    record Shown() implements Claim {}

    /** Neither; this one tells the problem and ends. */
    record Refused(Problem problem) implements Claim {}
}
