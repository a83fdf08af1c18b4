package org.datalabs.backend.runtime.kubernetes;

import org.datalabs.backend.runtime.SessionSpec;

/** Adds one concern to a session's pod. Pure but for the draft. */
@FunctionalInterface
interface PodFeature {

    /**
     * Adds it for a session.
     *
     * @throws org.datalabs.core.problem.ProblemException when the session asks for what cannot be had here
     */
    void shape(PodDraft draft, SessionSpec session);
}
