package org.datalabs.desktop.session.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.jspecify.annotations.Nullable;

/** Admits requests, answers the gateway's own addresses and hands the rest on. */
final class GatewayHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(GatewayHandler.class.getName());

    /** The gateway's own addresses, below the session's root. */
    static final String OWN = "__datalabs/";

    private final Guard guard;
    private final String origin;
    private final String root;
    private final byte[] script;
    private final Forwarder forwarder;
    private final GatewayListener listener;
    private final SessionEnvironment environment;

    GatewayHandler(
            Guard guard,
            String origin,
            String root,
            byte[] script,
            Forwarder forwarder,
            GatewayListener listener,
            SessionEnvironment environment) {
        this.guard = guard;
        this.origin = origin;
        this.root = root;
        this.script = script.clone();
        this.forwarder = forwarder;
        this.listener = listener;
        this.environment = environment;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try (exchange) {
            answer(exchange);
        } catch (IOException gone) {
            // The page or the session went away in the middle: the broken connection is the answer.
            LOG.log(System.Logger.Level.DEBUG, "A gateway stream ended early: {0}", gone.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A gateway request failed.", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (!isOwnOrigin(exchange) || path == null) {
            refuse(exchange, 403);
        } else if (path.equals(root) && guard.spend(exchange.getRequestURI().getRawQuery())) {
            exchange.getResponseHeaders().add("Set-Cookie", guard.setCookie("/"));
            exchange.getResponseHeaders().add("Location", root);
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            exchange.sendResponseHeaders(303, -1);
        } else if (!guard.admits(exchange.getRequestHeaders().get("Cookie"))) {
            refuse(exchange, 403);
        } else if (path.equals(root + OWN + "shim.js")) {
            sendScript(exchange);
        } else if (path.equals(root + OWN + "save")
                && exchange.getRequestMethod().equals("POST")) {
            save(exchange);
        } else {
            forwarder.forward(exchange);
        }
    }

    /** Neither another name for this address nor another page's request is let in (DNS rebinding, request forgery). */
    private boolean isOwnOrigin(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String from = exchange.getRequestHeaders().getFirst("Origin");
        return origin.equals("http://" + host) && (from == null || from.equals(origin) || isSandboxed(exchange, from));
    }

    /** Sandboxed frames of the session have no origin; they may read. */
    private static boolean isSandboxed(HttpExchange exchange, String from) {
        return from.equals("null")
                && (exchange.getRequestMethod().equals("GET")
                        || exchange.getRequestMethod().equals("HEAD"));
    }

    static void refuse(HttpExchange exchange, int status) throws IOException {
        byte[] body = (status == 403 ? "This address belongs to the Datalabs app.\n" : "Nothing here.\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void sendScript(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/javascript; charset=utf-8");
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        exchange.getResponseHeaders().add("Cross-Origin-Resource-Policy", "same-origin");
        exchange.sendResponseHeaders(200, script.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(script);
        }
    }

    /** A file that the page itself made: kept on disk until the person has chosen a place. */
    private void save(HttpExchange exchange) throws IOException {
        Path kept = Files.createTempFile("datalabs-", ".part");
        boolean handed = false;
        try {
            try (OutputStream out = Files.newOutputStream(kept)) {
                exchange.getRequestBody().transferTo(out);
            }
            exchange.sendResponseHeaders(204, -1);
            long length = Files.size(kept);
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            InputStream body = Files.newInputStream(kept, StandardOpenOption.DELETE_ON_CLOSE);
            handed = true;
            listener.offered(new Download(
                    fileName(exchange.getRequestURI().getRawQuery()),
                    type == null ? "application/octet-stream" : type,
                    OptionalLong.of(length),
                    body,
                    environment.background()));
        } finally {
            if (!handed) {
                Files.deleteIfExists(kept);
            }
        }
    }

    private static String fileName(@Nullable String query) {
        if (query == null || !query.startsWith("name=")) {
            return "download";
        }
        try {
            return DownloadNames.plain(URLDecoder.decode(query.substring(5), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException damaged) {
            return "download";
        }
    }
}
