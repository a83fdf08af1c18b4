package org.datalabs.desktop.session;

import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;

/** Makes the engines of tabs. */
interface Engines {
    DesktopEngine desktop(Datazone datazone, Session session);

    WebEngine web(Datazone datazone, Session session);
}
