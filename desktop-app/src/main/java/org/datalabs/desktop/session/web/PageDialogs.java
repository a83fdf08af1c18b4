package org.datalabs.desktop.session.web;

import java.util.Optional;

/** Asks the person what a page's script asks, on the FX thread; returns when it is answered. */
public interface PageDialogs {
    void alert(String message);

    boolean confirm(String message);

    /** Empty if the person cancelled. */
    Optional<String> prompt(String message, String initial);
}
