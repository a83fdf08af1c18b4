package org.datalabs.desktop.session;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringProperty;

/** The inside of a web datalab. */
interface WebEngine extends SessionEngine {
    void back();

    void reload();

    /** 1 is the page's own size. */
    DoubleProperty zoomProperty();

    ReadOnlyStringProperty titleProperty();

    /** The page's path below the session's root, without its query; empty at the root. */
    ReadOnlyStringProperty addressProperty();

    /** A fresh address for the system's browser, good for one visit: a secret. */
    CompletionStage<URI> browserAddress();
}
