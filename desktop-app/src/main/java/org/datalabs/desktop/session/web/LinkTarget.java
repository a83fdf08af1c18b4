package org.datalabs.desktop.session.web;

import java.net.URI;

/** Takes what a page opens in a window of its own, on the FX thread. */
@FunctionalInterface
public interface LinkTarget {
    /**
     * A link that leaves the session, for the system's browser.
     *
     * @param address absolute, {@code http} or {@code https}
     */
    void open(URI address);
}
