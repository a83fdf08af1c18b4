package org.datalabs.desktop.session.gateway;

import java.net.URI;

/**
 * How to open a WebSocket upstream.
 *
 * @param cookie a Cookie header's value, secret; empty for none
 */
public record Handshake(URI address, String origin, String cookie) {
    /** Without the cookie. */
    @Override
    public String toString() {
        return "Handshake[" + address + ']';
    }
}
