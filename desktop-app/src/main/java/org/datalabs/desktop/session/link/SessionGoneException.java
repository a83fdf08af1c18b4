package org.datalabs.desktop.session.link;

import org.datalabs.core.problem.Problem;

/** The session has ended or is out of reach for good. */
public final class SessionGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SessionGoneException(Problem problem) {
        super(problem.what());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
