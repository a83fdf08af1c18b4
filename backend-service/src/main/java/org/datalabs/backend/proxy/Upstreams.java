package org.datalabs.backend.proxy;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.session.SessionId;

/** The servers inside sessions, each worked out once as long as nothing about it changes. Thread-safe. */
final class Upstreams {
    private static final int MOST_KNOWN = 4096;

    private final SessionOrigins origins;
    private final Map<SessionId, Known> known = new ConcurrentHashMap<>();

    private record Known(SessionDirectory.Entry entry, Endpoint endpoint, Upstream upstream) {
        boolean holds(SessionDirectory.Entry now, Endpoint there) {
            return endpoint.equals(there)
                    && entry.token().equals(now.token())
                    && entry.version().basePath().equals(now.version().basePath())
                    && Objects.equals(
                            entry.version().authorization(), now.version().authorization());
        }

        @Override
        public String toString() {
            return "Known[" + upstream + "]";
        }
    }

    Upstreams(SessionOrigins origins) {
        this.origins = origins;
    }

    Upstream of(SessionDirectory.Entry entry, Endpoint endpoint) {
        SessionId session = entry.session().id();
        Known before = known.get(session);
        if (before != null && before.holds(entry, endpoint)) {
            return before.upstream();
        }
        if (known.size() >= MOST_KNOWN) {
            // Of sessions that have ended, for the most part.
            known.clear();
        }
        Upstream upstream = Upstream.of(entry, endpoint, origins);
        known.put(session, new Known(entry, endpoint, upstream));
        return upstream;
    }
}
