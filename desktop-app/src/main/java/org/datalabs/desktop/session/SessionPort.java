package org.datalabs.desktop.session;

import javafx.beans.property.ReadOnlyObjectProperty;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/** The tabs in which running datalabs are used. JavaFX thread only; returns at once. */
public interface SessionPort {

    /** Shows the session's tab, opening it when there is none. */
    void open(SessionId session);

    /** As {@link #open}, with the log drawer open. */
    void openLog(SessionId session);

    /** The session whose tab is in front of the user, or null while another place is shown. */
    ReadOnlyObjectProperty<@Nullable SessionId> showingProperty();
}
