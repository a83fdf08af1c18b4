package org.datalabs.desktop.session.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datalabs.desktop.session.link.Entry;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;

/**
 * The gateway of one session: {@code http://127.0.0.1:PORT/s/{session}/…} on a port of its own, so that two sessions are two
 * origins to their pages. Streams both ways. Thread-safe.
 */
public final class SessionGateway implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final Guard guard;
    private final String root;
    private final String origin;
    private final Set<InputStream> streams;

    private SessionGateway(HttpServer server, Guard guard, String root, String origin, Set<InputStream> streams) {
        this.server = server;
        this.guard = guard;
        this.root = root;
        this.origin = origin;
        this.streams = streams;
    }

    /**
     * Opens a gateway on a free port of the loopback address.
     *
     * @param script put before the scripts of every page
     * @param listener hears of files and failures
     * @throws IOException no port can be had
     */
    public static SessionGateway start(
            SessionAccess access, SessionEnvironment environment, byte[] script, GatewayListener listener)
            throws IOException {
        // The JDK's server waits 40 ms with every small answer unless it is told so before its first use.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        int port = server.getAddress().getPort();
        String root = "/s/" + access.sessionId() + "/";
        String origin = "http://127.0.0.1:" + port;
        Guard guard = new Guard(port);
        Set<InputStream> streams = ConcurrentHashMap.newKeySet();
        Forwarder forwarder = new Forwarder(access, environment, guard, origin, root, listener, streams);
        server.createContext("/", new GatewayHandler(guard, origin, root, script, forwarder, listener, environment));
        server.setExecutor(environment.background());
        server.start();
        return new SessionGateway(server, guard, root, origin, streams);
    }

    /** The session's address here, with a secret that is good for one visit: never log it. */
    public URI visit() {
        return URI.create(origin + root + "?" + guard.visit());
    }

    /**
     * What a page's WebSocket becomes upstream, where the session sees its own origin and cookies.
     *
     * @param page the address that the page names; an address of another origin only with {@code wss}
     * @param cookies the page's cookies for this address
     * @throws IOException the page may not go there
     */
    public Handshake handshake(URI page, List<String> cookies, Entry entry) throws IOException {
        if (!("http://" + page.getRawAuthority()).equals(origin)) {
            if (!"wss".equals(page.getScheme())) {
                throw new IOException("Other origins are reached by wss only.");
            }
            return new Handshake(page, entry.origin(), "");
        }
        String path = page.getRawPath() == null ? "" : page.getRawPath();
        String sessionRoot =
                Rewriting.of(origin, root, entry, guard.cookieName()).root();
        if (!path.startsWith(sessionRoot)) {
            throw new IOException("This address is not the session's.");
        }
        String query = page.getRawQuery() == null ? "" : "?" + page.getRawQuery();
        return new Handshake(
                entry.webSocket(path.substring(sessionRoot.length()) + query),
                entry.origin(),
                CookieHeader.forSession(cookies, Set.of(guard.cookieName(), entry.cookieName()), entry.cookie()));
    }

    /** Scheme, host and port of the pages. */
    public String origin() {
        return origin;
    }

    /** Where visits begin, and the session's path unless it has an origin of its own; with a slash at both ends. */
    public String root() {
        return root;
    }

    /** Ends the server and every stream that is open. */
    @Override
    public void close() {
        server.stop(0);
        for (InputStream stream : streams) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is being thrown away.
            }
        }
        streams.clear();
    }
}
