package org.datalabs.desktop.session;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.layout.Region;
import org.datalabs.desktop.session.link.LinkState;

/** What shows the inside of a session and keeps its link. JavaFX thread only. */
interface SessionEngine extends AutoCloseable {
    Region node();

    /** Begins to connect; once. */
    void start();

    /** Ends the link; the datalab itself goes on. */
    @Override
    void close();

    ReadOnlyObjectProperty<LinkState> stateProperty();

    /** Tries at once while the link is lost. */
    void retryNow();

    /** Whether the user looks at it; hidden ones cost as little as they can. */
    void setActive(boolean active);
}
