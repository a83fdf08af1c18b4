package org.datalabs.desktop.session.web;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** What of a page's address a user is shown. */
final class PageAddress {
    private PageAddress() {}

    /**
     * The path below the session's root, decoded; empty at the root and at other origins. Query and fragment are left
     * out, since they carry tickets and tokens.
     *
     * @param origin scheme, host and port of the session's pages
     * @param root the session's path, with a slash at both ends; nothing at an origin of the session's own begins so
     */
    static String shown(@Nullable String location, String origin, String root) {
        if (location == null || !location.startsWith(origin + "/")) {
            return "";
        }
        int start = location.startsWith(origin + root) ? root.length() : 1;
        String path = location.substring(origin.length()).split("[?#]", 2)[0];
        try {
            return new URI(path).getPath().substring(start);
        } catch (URISyntaxException e) {
            return path.substring(start);
        }
    }
}
