package org.datalabs.desktop.session.web;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.application.Platform;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import org.datalabs.desktop.session.gateway.Handshake;
import org.datalabs.desktop.session.gateway.SessionGateway;
import org.datalabs.desktop.session.link.Entry;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;

/**
 * What one page's {@code shim.js} calls: public because WebKit calls it by reflection, of no use to others. It can do no
 * more than a browser lets a page do: sockets to its own origin, or to others by {@code wss}. FX thread only.
 */
public final class PageBridge {
    private static final Duration TIME_OUT = Duration.ofSeconds(20);

    /** Calls the page's shim; after the page has gone it does nothing. */
    @FunctionalInterface
    interface Deliverer {
        void deliver(String socket, String kind, Object first, Object second);
    }

    private final SessionGateway gateway;
    private final SessionAccess access;
    private final SessionEnvironment environment;
    private final KeyNames keys;
    private final Deliverer deliverer;
    private final Map<String, PageSocket> sockets = new HashMap<>();

    PageBridge(
            SessionGateway gateway,
            SessionAccess access,
            SessionEnvironment environment,
            KeyNames keys,
            Deliverer deliverer) {
        this.gateway = gateway;
        this.access = access;
        this.environment = environment;
        this.keys = keys;
        this.deliverer = deliverer;
    }

    /** Opens a socket; whatever goes wrong closes it with 1006. */
    public void open(String id, String address, String protocols) {
        PageSocket socket = new PageSocket(new Page(id), Platform::runLater, environment.scheduler());
        sockets.put(id, socket);
        URI page;
        List<String> cookies;
        try {
            page = URI.create(address);
            cookies = cookies(page);
        } catch (IllegalArgumentException | IOException e) {
            socket.failed();
            return;
        }
        CompletionStage<?> unused = access.enter()
                .thenCompose(entry -> connect(page, cookies, entry, protocols, socket))
                .exceptionally(failure -> {
                    socket.failed();
                    return null;
                });
    }

    private CompletionStage<WebSocket> connect(
            URI page, List<String> cookies, Entry entry, String protocols, PageSocket socket) {
        Handshake handshake;
        try {
            handshake = gateway.handshake(page, cookies, entry);
        } catch (IOException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        WebSocket.Builder builder = environment
                .http()
                .newWebSocketBuilder()
                .connectTimeout(TIME_OUT)
                .header("Origin", handshake.origin());
        if (!handshake.cookie().isEmpty()) {
            builder.header("Cookie", handshake.cookie());
        }
        if (!protocols.isEmpty()) {
            String[] wanted = protocols.split(",");
            String[] rest = new String[wanted.length - 1];
            System.arraycopy(wanted, 1, rest, 0, rest.length);
            builder.subprotocols(wanted[0], rest);
        }
        return builder.buildAsync(handshake.address(), socket);
    }

    /** The cookies that WebKit keeps for this address. */
    private static List<String> cookies(URI page) throws IOException {
        CookieHandler handler = CookieHandler.getDefault();
        if (handler == null || page.getRawPath() == null) {
            return List.of();
        }
        URI http = URI.create("http://" + page.getRawAuthority() + page.getRawPath());
        return handler.get(http, Map.of()).getOrDefault("Cookie", List.of());
    }

    /** Sends text that takes this many bytes. */
    public void sendText(String id, String text, int bytes) {
        PageSocket socket = sockets.get(id);
        if (socket != null) {
            socket.sendText(text, bytes);
        }
    }

    /** Sends bytes, one for each character. */
    public void sendBinary(String id, String latin1) {
        PageSocket socket = sockets.get(id);
        if (socket != null) {
            socket.sendBinary(latin1);
        }
    }

    public void close(String id, int code, String reason) {
        PageSocket socket = sockets.get(id);
        if (socket == null) {
            return;
        }
        if (code == 1001) {
            sockets.remove(id);
            socket.drop();
        } else {
            socket.close(code, reason);
        }
    }

    /** Name, physical key and location of the key that WebKit handles now, separated by NUL. */
    public String key(String eventType) {
        return keys.describe(eventType);
    }

    public String readClipboard() {
        String text = Clipboard.getSystemClipboard().getString();
        return text == null ? "" : text;
    }

    public void writeClipboard(String text) {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
    }

    /** The page is gone: so are its sockets. */
    void drop() {
        sockets.values().forEach(PageSocket::drop);
        sockets.clear();
    }

    private final class Page implements PageSocket.Page {
        private final String id;

        Page(String id) {
            this.id = id;
        }

        @Override
        public void opened(String protocol) {
            deliverer.deliver(id, "open", protocol, "");
        }

        @Override
        public void text(String message) {
            deliverer.deliver(id, "text", message, "");
        }

        @Override
        public void binary(byte[] message) {
            deliverer.deliver(id, "binary", new String(message, StandardCharsets.ISO_8859_1), "");
        }

        @Override
        public void sent(int bytes) {
            deliverer.deliver(id, "sent", bytes, "");
        }

        @Override
        public void closed(int code, String reason) {
            sockets.remove(id);
            deliverer.deliver(id, "close", code, reason);
        }
    }
}
