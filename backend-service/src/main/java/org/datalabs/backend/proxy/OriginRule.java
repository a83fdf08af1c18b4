package org.datalabs.backend.proxy;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may come from the page that sent it. Cookies cross from one port of a host to another, and
 * SameSite does not part ports, so it is the origin that decides.
 */
final class OriginRule {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private OriginRule() {}

    /**
     * What a request tells of its page.
     *
     * @param method its method
     * @param upgrade whether it opens a WebSocket
     * @param bearer whether it came with a token of the API, which no page can make a browser add
     * @param origin the {@code Origin} header
     * @param fetchSite the {@code Sec-Fetch-Site} header
     * @param fetchMode the {@code Sec-Fetch-Mode} header
     */
    record Source(
            HttpMethod method,
            boolean upgrade,
            boolean bearer,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String fetchMode) {}

    static boolean allows(Source source, Set<String> ownOrigins) {
        String origin = source.origin();
        boolean own = origin != null && ownOrigins.contains(origin.toLowerCase(Locale.ROOT));
        if (source.upgrade()) {
            return own || (origin == null && source.bearer());
        }
        if (source.bearer()) {
            return true;
        }
        String site = source.fetchSite();
        boolean foreignPage = site != null && !site.equals("same-origin") && !site.equals("none");
        if (SAFE.contains(source.method())) {
            return !foreignPage || "navigate".equals(source.fetchMode());
        }
        return origin == null ? !foreignPage : own;
    }
}
