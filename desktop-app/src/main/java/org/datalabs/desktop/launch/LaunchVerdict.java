package org.datalabs.desktop.launch;

import java.util.Optional;
import org.datalabs.core.launch.LaunchDecision;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/**
 * What the rules, or the datazone, say to the choices of a wizard.
 *
 * @param refusal why the launch is refused; empty when it is accepted
 */
record LaunchVerdict(Optional<Problem> refusal) {
    static final LaunchVerdict ACCEPTED = new LaunchVerdict(Optional.empty());

    static LaunchVerdict of(LaunchDecision decision) {
        return decision instanceof LaunchDecision.Refused refused ? of(refused.problem()) : ACCEPTED;
    }

    static LaunchVerdict of(Problem problem) {
        return new LaunchVerdict(Optional.of(problem));
    }

    boolean accepted() {
        return refusal.isEmpty();
    }

    /** Whether the quota, not a value, is in the way. */
    boolean overQuota() {
        return refusal.filter(problem -> problem.code() == ProblemCode.QUOTA_REACHED)
                .isPresent();
    }

    /** What is wrong with one value; empty when it is fine. */
    Optional<String> error(String field) {
        return refusal.stream()
                .flatMap(problem -> problem.fields().stream())
                .filter(error -> error.field().equals(field))
                .map(FieldError::message)
                .findFirst();
    }

    /** Whether any value of a step is refused. */
    boolean refuses(WizardStep step) {
        return refusal.stream()
                .flatMap(problem -> problem.fields().stream())
                .anyMatch(error -> WizardStep.of(error.field()) == step);
    }

    /** The first step with a refused value; the resources when the quota is in the way. */
    Optional<WizardStep> firstRefused() {
        for (WizardStep step : WizardStep.values()) {
            if (refuses(step)) {
                return Optional.of(step);
            }
        }
        return overQuota() ? Optional.of(WizardStep.RESOURCES) : Optional.empty();
    }
}
