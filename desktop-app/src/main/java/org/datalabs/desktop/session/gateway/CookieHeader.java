package org.datalabs.desktop.session.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Cookie and Set-Cookie as text (RFC 6265, 4.1 and 4.2). */
final class CookieHeader {
    private CookieHeader() {}

    static List<String> parts(String cookieHeader) {
        return Arrays.stream(cookieHeader.split(";"))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The cookies of a request without those named, and the session's own added. */
    static String forSession(List<String> cookieHeaders, Set<String> without, String own) {
        String kept = cookieHeaders.stream()
                .flatMap(header -> parts(header).stream())
                .filter(part -> !without.contains(name(part)))
                .collect(Collectors.joining("; "));
        return kept.isEmpty() ? own : kept + "; " + own;
    }

    static String name(String setCookie) {
        int end = setCookie.indexOf('=');
        return end < 0 ? "" : setCookie.substring(0, end).trim();
    }

    /**
     * A session's cookie as the page may have it: for the gateway's plain origin, never wider than the session.
     *
     * @param prefix what stands before the session's path upstream; empty or starting with a slash
     * @param root the session's path here, ending with a slash
     */
    static String forPage(String setCookie, String prefix, String root) {
        List<String> parts = parts(setCookie);
        StringBuilder result = new StringBuilder(parts.isEmpty() ? "" : parts.get(0));
        String path = root;
        for (String part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            String attribute = part.toLowerCase(Locale.ROOT);
            if (attribute.startsWith("path=")) {
                String given = part.substring(5).trim();
                String here = given.startsWith(prefix) ? given.substring(prefix.length()) : given;
                path = here.startsWith(root) ? here : root;
            } else if (!attribute.startsWith("domain=")
                    && !attribute.equals("secure")
                    && !attribute.startsWith("samesite=")) {
                result.append("; ").append(part);
            }
        }
        return result.append("; Path=").append(path).toString();
    }
}
