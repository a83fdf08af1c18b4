package org.datalabs.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A one-time admission of a browser to a session's data plane.
 *
 * @param path path and query to open once, below {@code origin} or else the datazone's address
 * @param origin the session's own origin (RFC 6454), or null where sessions have paths at the datazone
 * @param expiresAt when it lapses if not used
 */
public record Ticket(String path, @Nullable String origin, Instant expiresAt) {
    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
