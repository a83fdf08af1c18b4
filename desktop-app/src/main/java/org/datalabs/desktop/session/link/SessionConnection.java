package org.datalabs.desktop.session.link;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** What the views need to know of a session; implemented by whoever can ask its datazone for tickets. */
public interface SessionConnection {
    /** The session's id as it stands in paths: letters, digits and hyphens. */
    String sessionId();

    /**
     * Asks for a fresh one-time address, {@code {origin}/s/{session}/?ticket=…} or {@code {origin}/?ticket=…}. Its answer is a redirect that sets the
     * session's cookie. The origin may be one of the session's own.
     *
     * @return fails with {@link SessionGoneException} when trying again is of no use, else the caller may try again
     */
    CompletionStage<URI> ticketUrl();
}
