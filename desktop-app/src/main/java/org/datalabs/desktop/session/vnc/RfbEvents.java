package org.datalabs.desktop.session.vnc;

/** What a connection tells; every call comes on its reader thread. */
interface RfbEvents {
    /** The server let this client in. */
    void started(String desktopName);

    /** A new screen; what was drawn on the former is gone. */
    void resized(Framebuffer screen);

    /** One update is complete. */
    void drawn(Framebuffer screen, Area changed);

    void cursor(CursorShape shape);

    /** The remote side copied this text. */
    void copied(String text);

    void bell();
}
