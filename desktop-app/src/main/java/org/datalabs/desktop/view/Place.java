package org.datalabs.desktop.view;

import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.session.SessionId;

/** Where the user can be; what back and forward go through. */
public sealed interface Place {
    record Catalogue() implements Place {}

    /** The page of one datalab of the catalogue. */
    record Details(DatalabId datalab) implements Place {}

    record Dashboard() implements Place {}

    /** The tab of a session. */
    record Running(SessionId session) implements Place {}

    record Volumes() implements Place {}

    record Settings() implements Place {}
}
