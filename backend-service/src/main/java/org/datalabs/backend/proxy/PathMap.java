package org.datalabs.backend.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Between a session's address for browsers and the paths its own server uses.
 *
 * @param prefix path of the session's root for browsers, with a slash at both ends
 * @param base path below which the session's server serves itself, with a slash at both ends
 */
record PathMap(String prefix, String base) {

    /** The map for a version's base path, in which <code>{base}</code> stands for the prefix. */
    static PathMap of(String prefix, String basePath) {
        String base = basePath.replace("{base}", prefix).replace("//", "/");
        return new PathMap(prefix, base.endsWith("/") ? base : base + "/");
    }

    /** Whether the session's server knows its address, so that paths go through as they are. */
    boolean isIdentity() {
        return base.startsWith(prefix);
    }

    /** The path below the prefix where the session's pages begin. */
    String entry() {
        return isIdentity() ? base : prefix;
    }

    String toSession(String path) {
        return isIdentity() ? path : base + path.substring(prefix.length());
    }

    /** The path at the datazone; empty when the session's path lies outside what the datazone shows of it. */
    Optional<String> toDatazone(String path) {
        if (isIdentity()) {
            return path.startsWith(prefix) ? Optional.of(path) : Optional.empty();
        }
        return path.startsWith(base) ? Optional.of(prefix + path.substring(base.length())) : Optional.empty();
    }

    /**
     * A redirect of the session as the client may see it.
     *
     * @param location the header's value
     * @param sessionPath the path that was asked of the session
     * @param ownHosts host and port, in lower case, under which the session may name itself
     * @return a reference within the session; empty when it leads elsewhere
     */
    Optional<String> redirect(String location, String sessionPath, Set<String> ownHosts) {
        URI target;
        try {
            target = new URI(location.strip());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String authority = target.getRawAuthority();
        boolean web = target.getScheme() == null
                || target.getScheme().equalsIgnoreCase("http")
                || target.getScheme().equalsIgnoreCase("https");
        if (!web
                || target.isOpaque()
                || (authority != null && !ownHosts.contains(authority.toLowerCase(Locale.ROOT)))
                || location.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        String path = target.getRawPath();
        if (authority == null && path.isEmpty()) {
            return Optional.of(location.strip());
        }
        String resolved = URI.create(sessionPath)
                .resolve(path.isEmpty() ? "/" : path)
                .normalize()
                .getRawPath();
        if (resolved.startsWith("//")) {
            return Optional.empty();
        }
        String withoutSlash = base.substring(0, base.length() - 1);
        String reachable = resolved.equals(withoutSlash) && !isIdentity() ? base : resolved;
        return toDatazone(reachable)
                .filter(DataPlanePath::isSound)
                .map(found -> found
                        + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                        + (target.getRawFragment() == null ? "" : "#" + target.getRawFragment()));
    }
}
