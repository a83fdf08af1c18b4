package org.datalabs.backend.session;

import java.util.List;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.SessionId;

/** Sessions of the platform's own that are ready for whoever asks for just them. Answers from memory; thread-safe. */
public interface ReadySessions {
    /** Where none is kept. */
    ReadySessions NONE = plan -> List.of();

    /** Those that a launch may take over instead of starting one, best first; another launch may take them meanwhile. */
    List<SessionId> like(LaunchPlan plan);
}
