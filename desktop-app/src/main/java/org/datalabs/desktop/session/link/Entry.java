package org.datalabs.desktop.session.link;

import java.net.URI;

/**
 * An open way into a session.
 *
 * @param root the session's address, ends with {@code /s/{session}/}, or is the root of an origin of its own
 * @param cookieName name of the session's own cookie
 * @param cookie the cookie as a request header carries it, {@code name=value}; secret
 */
public record Entry(URI root, String cookieName, String cookie) {

    /** Scheme, host and port, as an Origin header has it. */
    public String origin() {
        return root.getScheme() + "://" + root.getRawAuthority();
    }

    /** The WebSocket address of a path under the session's root. */
    public URI webSocket(String path) {
        String scheme = "https".equals(root.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + root.toString().substring(root.getScheme().length()) + path);
    }

    /** Without the cookie's value. */
    @Override
    public String toString() {
        return "Entry[" + root + ']';
    }
}
