package org.datalabs.backend.proxy;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * The server inside a session, as the proxy reaches it.
 *
 * @param session which session
 * @param address where it listens
 * @param paths between its paths and ours
 * @param sessionAuthorization what to say to it as Authorization, or null; a secret
 * @param secure whether browsers reach it by HTTPS even if the datazone does not see it
 */
record Upstream(
        SessionId session,
        SocketAddress address,
        PathMap paths,
        @Nullable String sessionAuthorization,
        boolean secure) {

    static Upstream of(SessionDirectory.Entry entry, Endpoint endpoint, SessionOrigins origins) {
        SessionId session = entry.session().id();
        String template = entry.version().authorization();
        return new Upstream(
                session,
                address(endpoint),
                PathMap.of(origins.root(session), entry.version().basePath()),
                template == null ? null : template.replace("{token}", entry.token()),
                origins.areSecure());
    }

    static SocketAddress address(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.UnixSocket unix) {
            return SocketAddress.domainSocketAddress(unix.path().toString());
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        return SocketAddress.inetSocketAddress(tcp.port(), tcp.host());
    }

    Optional<String> authorization() {
        return Optional.ofNullable(sessionAuthorization);
    }

    /** A request to it; {@code target} is path and query as it takes them. */
    RequestOptions request(String target) {
        // Host and port only part the pools; the Host header is set with the others.
        return new RequestOptions()
                .setServer(address)
                .setHost("localhost")
                .setPort(address.isInetSocket() ? address.port() : 80)
                .setSsl(false)
                .setFollowRedirects(false)
                .setURI(target);
    }

    /** Hosts under which it may name itself in redirects: the one the client asked, and where it listens. */
    Set<String> ownHosts(@Nullable String clientHost) {
        Set<String> hosts = new HashSet<>();
        if (clientHost != null) {
            hosts.add(clientHost.toLowerCase(Locale.ROOT));
        }
        if (address.isInetSocket()) {
            hosts.add(address.host().toLowerCase(Locale.ROOT) + ":" + address.port());
            hosts.add("localhost:" + address.port());
        }
        return hosts;
    }

    @Override
    public String toString() {
        return "Upstream[" + session + "]";
    }
}
