package org.datalabs.backend.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which header fields pass between client and session, and which end at the proxy. RFC 9110, section 7.6. */
final class Headers {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** What a session never gets as the client sent it, beside headers of the kind X-Forwarded-For. */
    private static final Set<String> NOT_FOR_SESSIONS = union(
            HOP_BY_HOP,
            Set.of("cookie", "authorization", "forwarded", "x-real-ip", "x-scheme", "x-original-url", "x-rewrite-url"));

    /** These frame and direct the message; naming them in {@code Connection} must not change what it is. */
    private static final Set<String> ESSENTIAL = Set.of("host", "content-length", "transfer-encoding", "cookie");

    /** They act on the whole origin or host, of which a session owns a path only. */
    private static final Set<String> ACT_ON_THE_ORIGIN = Set.of(
            "accept-ch",
            "alt-svc",
            "clear-site-data",
            "critical-ch",
            "expect-ct",
            "nel",
            "origin-agent-cluster",
            "public-key-pins",
            "public-key-pins-report-only",
            "report-to",
            "reporting-endpoints",
            "service-worker-allowed",
            "set-login",
            "strict-transport-security");

    private static final Set<String> NOT_FOR_CLIENTS = union(HOP_BY_HOP, ACT_ON_THE_ORIGIN);

    /** What nearly every browser says. */
    private static final Set<String> KEEP_ALIVE = Set.of("keep-alive");

    private Headers() {}

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    /** Why the body's length cannot be relied on; empty when it can. RFC 9112, section 6. */
    static Optional<String> framingFault(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!lengths.isEmpty() && !encodings.isEmpty()) {
            return Optional.of("The request has a Content-Length and a Transfer-Encoding.");
        }
        if (lengths.size() > 1 || (lengths.size() == 1 && !isNumber(lengths.get(0)))) {
            return Optional.of("The Content-Length is not a number.");
        }
        boolean chunked = encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("chunked");
        if (!encodings.isEmpty() && (!chunked || request.version() != HttpVersion.HTTP_1_1)) {
            return Optional.of("The Transfer-Encoding is not supported; only chunked is, from HTTP/1.1 on.");
        }
        if (headers.getAll(HttpHeaders.HOST).size() > 1
                || (request.version() == HttpVersion.HTTP_1_1 && !headers.contains(HttpHeaders.HOST))) {
            return Optional.of("The request must name its host once.");
        }
        return Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static boolean hasBody(MultiMap requestHeaders) {
        String length = requestHeaders.get(HttpHeaders.CONTENT_LENGTH);
        return requestHeaders.contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    static boolean isWebSocketUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        return request.method().equals(HttpMethod.GET)
                && request.version() == HttpVersion.HTTP_1_1
                && upgrade != null
                && upgrade.strip().equalsIgnoreCase("websocket")
                && !hasBody(request.headers())
                && connectionOptions(request.headers()).contains("upgrade");
    }

    static boolean wantsClose(HttpServerRequest request) {
        return connectionOptions(request.headers()).contains("close");
    }

    /**
     * The header of a request as the session may see it.
     *
     * @param request the client's
     * @param upstream the session
     * @param keptAuthorization the client's own Authorization if it is meant for the session
     */
    static void toSession(
            HttpServerRequest request, Upstream upstream, @Nullable String keptAuthorization, MultiMap out) {
        MultiMap in = request.headers();
        Set<String> dropped = connectionOptions(in);
        for (Map.Entry<String, String> header : in) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_FOR_SESSIONS.contains(name)
                    && (!dropped.contains(name) || ESSENTIAL.contains(name))
                    && !name.startsWith("x-forwarded-")) {
                out.add(header.getKey(), header.getValue());
            }
        }
        SessionCookies.forSession(in.getAll(HttpHeaders.COOKIE)).ifPresent(kept -> out.set(HttpHeaders.COOKIE, kept));
        String authorization = upstream.authorization().orElse(keptAuthorization);
        if (authorization != null) {
            out.set(HttpHeaders.AUTHORIZATION, authorization);
        }
        String host = in.get(HttpHeaders.HOST);
        if (host != null) {
            out.set("X-Forwarded-Host", host);
        }
        if (request.remoteAddress() != null && request.remoteAddress().hostAddress() != null) {
            out.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        }
        out.set("X-Forwarded-Proto", upstream.secure() ? "https" : scheme(request));
        String prefix = upstream.paths().prefix();
        if (prefix.length() > 1) {
            out.set("X-Forwarded-Prefix", prefix.substring(0, prefix.length() - 1));
        }
    }

    /**
     * The header of an answer as the client may see it, but for redirects.
     *
     * @param in the session's
     * @param paths the session's paths
     */
    static void toClient(MultiMap in, PathMap paths, MultiMap out) {
        Set<String> dropped = connectionOptions(in);
        boolean reframed = in.contains(HttpHeaders.TRANSFER_ENCODING);
        for (Map.Entry<String, String> header : in) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                SessionCookies.confined(header.getValue(), paths)
                        .ifPresent(cookie -> out.add(HttpHeaders.SET_COOKIE, cookie));
            } else if (!NOT_FOR_CLIENTS.contains(name)
                    && (!dropped.contains(name) || ESSENTIAL.contains(name))
                    && !(reframed && name.equals("content-length"))) {
                out.add(header.getKey(), header.getValue());
            }
        }
        // Addresses name the session; they are nobody else's business.
        if (!out.contains("Referrer-Policy")) {
            out.set("Referrer-Policy", "same-origin");
        }
        if (!out.contains("X-Frame-Options") && !out.contains("Content-Security-Policy")) {
            out.set("X-Frame-Options", "SAMEORIGIN");
        }
    }

    /**
     * The origins (RFC 6454) under which the client may reach the datazone: where it is reached in the clear, something
     * before it may have taken HTTPS off.
     */
    static Set<String> ownOrigins(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        String authority = "://" + (host == null ? "" : host.toLowerCase(Locale.ROOT));
        return request.isSSL() ? Set.of("https" + authority) : Set.of("http" + authority, "https" + authority);
    }

    private static String scheme(HttpServerRequest request) {
        return request.isSSL() ? "https" : "http";
    }

    private static Set<String> connectionOptions(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        if (values.size() == 1 && values.get(0).equals("keep-alive")) {
            return KEEP_ALIVE;
        }
        Set<String> options = new HashSet<>();
        for (String value : values) {
            for (String option : value.split(",", -1)) {
                options.add(option.strip().toLowerCase(Locale.ROOT));
            }
        }
        return options;
    }
}
