package org.datalabs.desktop.session.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.datalabs.desktop.session.link.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Headers on their way between a page's origin and the session's (RFC 9110, 7.6.1 for what belongs to one hop). Pure.
 *
 * @param here the gateway's origin
 * @param root the session's path, the same at both ends but for {@code prefix}; a slash where the session has an origin
 *     of its own
 * @param prefix what stands before it upstream; empty or starting with a slash
 */
record Rewriting(String here, String root, String prefix, Entry entry, String guardCookie) {
    private static final Set<String> HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> OWN_REQUEST =
            Set.of("host", "content-length", "expect", "http2-settings", "cookie");
    private static final Set<String> OWN_ANSWER =
            Set.of("content-length", "set-cookie", "strict-transport-security", "alt-svc", "date", "public-key-pins");

    static Rewriting of(String here, String root, Entry entry, String guardCookie) {
        String upstream = entry.root().getRawPath();
        String common = upstream.endsWith(root) ? root : "/";
        String prefix = upstream.substring(0, upstream.length() - common.length());
        return new Rewriting(here, common, prefix, entry, guardCookie);
    }

    /** The address upstream of a path with query. */
    String upstream(String pathAndQuery) {
        return entry.origin() + prefix + pathAndQuery;
    }

    Map<String, List<String>> request(Map<String, List<String>> headers, boolean plainText) {
        Map<String, List<String>> result = new LinkedHashMap<>();
        Set<String> named = named(headers);
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (HOP.contains(lower) || OWN_REQUEST.contains(lower) || named.contains(lower)) {
                return;
            }
            boolean address = lower.equals("origin") || lower.equals("referer");
            result.put(name, address ? values.stream().map(this::outwards).toList() : values);
        });
        if (plainText) {
            result.keySet().removeIf(name -> name.equalsIgnoreCase("accept-encoding"));
            result.put("Accept-Encoding", List.of("identity"));
        }
        result.put(
                "Cookie",
                List.of(CookieHeader.forSession(
                        values(headers, "cookie"), Set.of(guardCookie, entry.cookieName()), entry.cookie())));
        return result;
    }

    private String outwards(String address) {
        if (address.equals(here)) {
            return entry.origin();
        }
        return address.startsWith(here + "/") ? upstream(address.substring(here.length())) : address;
    }

    /** The headers of an answer for the page; its cookies are not among them. */
    Map<String, List<String>> answer(Map<String, List<String>> headers, String script, String nonce, boolean document) {
        Map<String, List<String>> result = new LinkedHashMap<>();
        Set<String> named = named(headers);
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (HOP.contains(lower) || OWN_ANSWER.contains(lower) || named.contains(lower) || lower.startsWith(":")) {
                return;
            }
            result.put(
                    name,
                    values.stream()
                            .map(value -> answerValue(lower, value, script, nonce, document))
                            .toList());
        });
        return result;
    }

    private String answerValue(String name, String value, String script, String nonce, boolean document) {
        return switch (name) {
            case "location", "content-location" -> inwards(value);
            case "access-control-allow-origin" -> value.equals(entry.origin()) ? here : value;
            case "content-security-policy" -> {
                String local = value.replace(entry.origin(), here);
                yield document ? ContentPolicy.admitting(local, script, nonce) : local;
            }
            default -> value;
        };
    }

    private String inwards(String address) {
        String path = address;
        if (path.equals(entry.origin()) || path.startsWith(entry.origin() + "/")) {
            path = path.substring(entry.origin().length());
        } else if (path.startsWith("//") || path.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return address;
        }
        if (!path.startsWith("/")) {
            return path;
        }
        return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    /** The session's cookies for the page; the one that lets the app in is left out. */
    List<String> cookies(List<String> setCookies) {
        return setCookies.stream()
                .filter(cookie -> !CookieHeader.name(cookie).equals(entry.cookieName()))
                .map(cookie -> CookieHeader.forPage(cookie, prefix, root))
                .toList();
    }

    /** The entry with a renewed cookie, or null if the answer renews none. */
    @Nullable
    Entry renewed(List<String> setCookies) {
        return setCookies.stream()
                .filter(cookie -> CookieHeader.name(cookie).equals(entry.cookieName()))
                .map(cookie -> CookieHeader.parts(cookie).get(0))
                .filter(pair -> pair.length() > entry.cookieName().length() + 1)
                .map(pair -> new Entry(entry.root(), entry.cookieName(), pair))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static Set<String> named(Map<String, List<String>> headers) {
        return Set.copyOf(values(headers, "connection").stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(name -> name.trim().toLowerCase(Locale.ROOT))
                .distinct()
                .toList());
    }

    static List<String> values(Map<String, List<String>> headers, String name) {
        List<String> result = new ArrayList<>();
        headers.forEach((header, values) -> {
            if (name.equalsIgnoreCase(header)) {
                result.addAll(values);
            }
        });
        return result;
    }
}
