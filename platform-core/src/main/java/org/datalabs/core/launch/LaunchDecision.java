package org.datalabs.core.launch;

import org.datalabs.core.problem.Problem;

/** The answer of the launch rules. */
public sealed interface LaunchDecision {
    record Accepted(LaunchPlan plan) implements LaunchDecision {}

    record Refused(Problem problem) implements LaunchDecision {}
}
