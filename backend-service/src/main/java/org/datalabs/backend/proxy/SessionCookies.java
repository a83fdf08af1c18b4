package org.datalabs.backend.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.session.SessionId;

/** Keeps the platform's cookies from sessions, and the cookies of sessions where they belong. RFC 6265. */
final class SessionCookies {
    private static final String PREFIX = "dl-session-";

    /** A page can plant further cookies of the name at other paths; the right one is looked for among so many. */
    private static final int MOST_TRIED = 4;

    private SessionCookies() {}

    /** The cookie's name; at a secure origin of the session's own one that no other host can plant there. */
    static String name(SessionId session, SessionOrigins origins) {
        return (origins.areSecure() ? "__Host-" : "") + PREFIX + session.value();
    }

    /** The cookie with which the platform remembers an admission. */
    static String admission(SessionId session, AdmissionService.Entry entry, SessionOrigins origins, boolean secure) {
        return name(session, origins) + "=" + entry.secret() + "; Max-Age="
                + entry.life().toSeconds() + "; Path=" + origins.root(session) + "; HttpOnly; SameSite=Strict"
                + (secure || origins.areSecure() ? "; Secure" : "");
    }

    /** Values of the platform's cookie in the {@code Cookie} headers of a request. */
    static List<String> secrets(List<String> headers, SessionId session, SessionOrigins origins) {
        String wanted = name(session, origins) + "=";
        List<String> found = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(wanted) && found.size() < MOST_TRIED) {
                    String value = cookie.substring(wanted.length());
                    if (Secrets.isCookie(value)) {
                        found.add(value);
                    }
                }
            }
        }
        return found;
    }

    /** The {@code Cookie} header for the session, without anything of the platform's; empty when nothing is left. */
    static Optional<String> forSession(List<String> headers) {
        StringBuilder kept = new StringBuilder();
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (!cookie.isEmpty() && !isPlatform(cookie)) {
                    kept.append(kept.isEmpty() ? "" : "; ").append(cookie);
                }
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString());
    }

    /**
     * A session's {@code Set-Cookie} header, bound to the session's path and to the host that the client asked.
     *
     * @return empty when the cookie bears a name of the platform's or is no cookie
     */
    static Optional<String> confined(String header, PathMap paths) {
        String[] parts = header.split(";", -1);
        if (parts[0].indexOf('=') <= 0 || isPlatform(parts[0].strip())) {
            return Optional.empty();
        }
        StringBuilder kept = new StringBuilder(parts[0].strip());
        String path = paths.prefix();
        for (int i = 1; i < parts.length; i++) {
            String attribute = parts[i].strip();
            int equals = attribute.indexOf('=');
            String name = (equals < 0 ? attribute : attribute.substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            if (name.equals("path")) {
                String wanted =
                        equals < 0 ? "" : attribute.substring(equals + 1).strip();
                path = paths.toDatazone(wanted).orElse(paths.prefix());
            } else if (!name.isEmpty() && !name.equals("domain")) {
                kept.append("; ").append(attribute);
            }
        }
        return Optional.of(kept.append("; Path=").append(path).toString());
    }

    /** Browsers compare names exactly; a sloppy server might not, so neither case nor a cookie prefix gets through. */
    private static boolean isPlatform(String cookie) {
        String name = cookie.toLowerCase(Locale.ROOT);
        return name.startsWith(PREFIX) || name.startsWith("__host-" + PREFIX) || name.startsWith("__secure-" + PREFIX);
    }
}
