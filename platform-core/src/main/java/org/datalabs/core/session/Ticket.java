package org.datalabs.core.session;

import java.time.Instant;

/**
 * A one-time admission of a browser to a session's data plane.
 *
 * @param path path and query to open once, below the datazone's address
 * @param expiresAt when it lapses if not used
 */
public record Ticket(String path, Instant expiresAt) {
    @Override
    public String toString() {
        return "Ticket[expiresAt=" + expiresAt + "]";
    }
}
