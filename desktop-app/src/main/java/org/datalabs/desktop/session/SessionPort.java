package org.datalabs.desktop.session;

import org.datalabs.core.session.SessionId;

/** The tabs in which running datalabs are used. JavaFX thread only; returns at once. */
public interface SessionPort {

    /** Shows the session's tab, opening it when there is none. */
    void open(SessionId session);

    /** As {@link #open}, with the log drawer open. */
    void openLog(SessionId session);
}
