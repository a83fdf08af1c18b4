package org.datalabs.desktop.view;

import java.net.URI;

/** The system's browser. */
public interface Browser {
    /** Opens an http or https address; anything else is not opened. */
    void open(URI address);
}
