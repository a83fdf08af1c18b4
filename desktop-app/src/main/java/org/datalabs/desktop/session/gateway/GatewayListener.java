package org.datalabs.desktop.session.gateway;

/** Hears what happens at a gateway, on background threads. */
public interface GatewayListener {
    /** A page offers a file. */
    void offered(Download download);

    /** The session answered a request for a page. */
    void reached();

    /** A page could not be had; the person sees a page that says so. */
    void unreachable(Throwable cause);
}
