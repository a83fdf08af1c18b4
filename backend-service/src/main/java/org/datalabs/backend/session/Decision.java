package org.datalabs.backend.session;

import java.time.Instant;
import java.util.List;
import org.datalabs.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a {@link Transition}.
 *
 * @param next the session as it should be kept; the given one when nothing changes
 * @param effects what to do once it is kept, in order
 * @param wakeAt when time alone may change the decision, or null
 */
record Decision(
        Session next, List<Effect> effects, @Nullable Instant wakeAt) {
    Decision {
        effects = List.copyOf(effects);
    }
}
