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

    /** A fresh address for the system's browser, good for one visit: a secret. */
    CompletionStage<URI> browserAddress();
}
