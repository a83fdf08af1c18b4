package org.datalabs.backend.session;

import java.util.Locale;
import java.util.Optional;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Where browsers reach sessions: below a path each on the datazone's own origin, or at the root of an origin (RFC 6454)
 * of each session's own, whose pages can reach neither the API's origin nor one another's. Immutable.
 */
public final class SessionOrigins {
    private static final String SESSION = "{session}";

    /** What stands after a session's id in its host, beginning with a dot; null where sessions have paths. */
    private final @Nullable String domain;

    private final String port;
    private final String scheme;

    private SessionOrigins(@Nullable String domain, String port, String scheme) {
        this.domain = domain;
        this.port = port;
        this.scheme = scheme;
    }

    /** Every session has a path. */
    public static SessionOrigins onPaths() {
        return new SessionOrigins(null, "", "");
    }

    /**
     * Every session has an origin, reached by HTTPS unless its name means this machine (RFC 6761, section 6.3).
     *
     * @param pattern host, and port if it is not the usual one, in which <code>{session}</code> stands for a session's id,
     *     such as <code>{session}.sessions.example.org</code>
     */
    public static SessionOrigins of(String pattern) {
        if (!pattern.startsWith(SESSION + ".")) {
            throw new IllegalArgumentException("a pattern begins with " + SESSION + " and a dot");
        }
        String authority = pattern.substring(SESSION.length()).toLowerCase(Locale.ROOT);
        int colon = authority.indexOf(':');
        String domain = colon < 0 ? authority : authority.substring(0, colon);
        return new SessionOrigins(
                domain, colon < 0 ? "" : authority.substring(colon), domain.endsWith(".localhost") ? "http" : "https");
    }

    /** Whether each session has an origin of its own. */
    public boolean areOwn() {
        return domain != null;
    }

    /** Whether browsers reach the sessions' own origins by HTTPS, whatever the last stretch of the way is. */
    public boolean areSecure() {
        return scheme.equals("https");
    }

    /** A session's own origin; empty where sessions have paths. */
    public Optional<String> origin(SessionId session) {
        return domain == null ? Optional.empty() : Optional.of(scheme + "://" + session.value() + domain + port);
    }

    /** Path of a session's root at its origin, with a slash at both ends. */
    public String root(SessionId session) {
        return domain == null ? ApiPaths.dataPlane(session) : "/";
    }

    /** Whether a {@code Host} header names something among the sessions' own hosts, if not necessarily a session. */
    public boolean isAmong(@Nullable String host) {
        if (domain == null || host == null) {
            return false;
        }
        String name = withoutPort(host);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.endsWith(domain) || bare.equals(domain.substring(1));
    }

    /** The session whose own host a {@code Host} header names. */
    public Optional<SessionId> session(@Nullable String host) {
        if (domain == null || host == null) {
            return Optional.empty();
        }
        String name = withoutPort(host);
        String id = name.endsWith(domain) ? name.substring(0, name.length() - domain.length()) : "";
        return SessionId.isValid(id) ? Optional.of(new SessionId(id)) : Optional.empty();
    }

    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
