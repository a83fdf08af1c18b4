package org.datalabs.desktop.session.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the app's own pages in: a secret that is good for one visit turns into a secret cookie. Other programs and
 * users of this computer know neither. Thread-safe.
 */
final class Guard {
    static final String VISIT = "__datalabs_visit";
    private static final int OPEN_VISITS = 16;

    private final SecureRandom random = new SecureRandom();
    private final String cookieName;
    private final String cookie = secret();
    private final Deque<String> visits = new ArrayDeque<>();

    /** @param port tells the cookies of several gateways apart, since cookies know no ports */
    Guard(int port) {
        cookieName = "datalabs-gateway-" + port;
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A new query for one visit; of those not used only the latest count. */
    synchronized String visit() {
        String visit = secret();
        visits.addLast(visit);
        if (visits.size() > OPEN_VISITS) {
            visits.removeFirst();
        }
        return VISIT + "=" + visit;
    }

    /** Whether the query is that of a visit not made yet; it is spent now. */
    synchronized boolean spend(@Nullable String query) {
        return query != null
                && query.startsWith(VISIT + "=")
                && visits.removeIf(visit -> same(visit, query.substring(VISIT.length() + 1)));
    }

    String setCookie(String path) {
        return cookieName + "=" + cookie + "; Path=" + path + "; HttpOnly";
    }

    String cookieName() {
        return cookieName;
    }

    boolean admits(@Nullable List<String> cookieHeaders) {
        return cookieHeaders != null
                && cookieHeaders.stream()
                        .flatMap(header -> CookieHeader.parts(header).stream())
                        .anyMatch(part -> part.startsWith(cookieName + "=")
                                && same(cookie, part.substring(cookieName.length() + 1)));
    }

    /** In a time that tells nothing of where they differ. */
    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
