package org.datalabs.core.problem;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} up to the one place that answers or shows it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code().label() + " " + problem.text(), cause);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String what, String remedy) {
        this(Problem.of(code, what, remedy));
    }

    public Problem problem() {
        return problem;
    }
}
