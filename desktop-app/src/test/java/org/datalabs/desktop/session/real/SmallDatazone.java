package org.datalabs.desktop.session.real;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.datalabs.desktop.session.link.SessionConnection;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of one session as the desktop sees it: one-time tickets for a cookie, plain HTTP handed to a responder, a
 * WebSocket onto RFB, echo WebSockets. Loopback only.
 */
public final class SmallDatazone implements AutoCloseable, SessionConnection {
    /** Answers a request that carries the session's cookie. */
    public interface Responder {
        void answer(Request request, OutputStream out) throws IOException;
    }

    /** A request whose body is still to be read. */
    public record Request(String method, String target, Map<String, String> headers, InputStream body) {
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public String path() {
            return target.split("\\?", 2)[0];
        }
    }

    private final ServerSocket server;
    private final String id = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final String cookie = UUID.randomUUID().toString();
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "small-datazone");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final @Nullable RemoteDisplay display;
    private volatile Responder responder = (request, out) -> text(out, "404 Not Found", "nothing here");

    private final boolean ownOrigin;
    private volatile int proxied;

    public SmallDatazone(@Nullable RemoteDisplay display) throws IOException {
        this(display, false);
    }

    private SmallDatazone(@Nullable RemoteDisplay display, boolean ownOrigin) throws IOException {
        this.ownOrigin = ownOrigin;
        this.display = display;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** One whose session has an origin of its own. */
    public static SmallDatazone atOwnOrigin() throws IOException {
        return new SmallDatazone(null, true);
    }

    public void respond(Responder with) {
        responder = with;
    }

    /** Carries every admitted request to a server on this port, as it is but for the cookie. */
    public void proxyTo(int port) {
        proxied = port;
    }

    public List<Request> seen() {
        return seen;
    }

    @Override
    public String sessionId() {
        return id;
    }

    public String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public String root() {
        return ownOrigin ? "/" : "/s/" + id + "/";
    }

    @Override
    public CompletionStage<URI> ticketUrl() {
        String ticket = UUID.randomUUID().toString();
        tickets.add(ticket);
        return CompletableFuture.completedFuture(URI.create(origin() + root() + "?ticket=" + ticket));
    }

    /** Cuts every open connection; new ones are taken. */
    public void cut() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
        open.clear();
    }

    public static void text(OutputStream out, String status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        head(out, status, Map.of("Content-Type", "text/plain", "Content-Length", "" + bytes.length));
        out.write(bytes);
    }

    public static void head(OutputStream out, String status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The server socket was closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            String line = line(in);
            String[] parts = line.split(" ");
            if (parts.length < 3) {
                return;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            Request request = new Request(parts[0], parts[1], headers, BodyStream.of(in, headers));
            seen.add(request);
            answer(request, in, socket);
        } catch (IOException broken) {
            // The other side went away.
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Request request, InputStream in, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        int ticket = request.target().indexOf("?ticket=");
        String cookies = request.header("cookie");
        if (ticket > 0 && tickets.remove(request.target().substring(ticket + 8))) {
            head(
                    out,
                    "303 See Other",
                    Map.of(
                            "Location",
                            root(),
                            "Content-Length",
                            "0",
                            "Set-Cookie",
                            "datalabs=" + cookie + "; HttpOnly; SameSite=Strict; Path=" + root()));
        } else if (cookies == null || !cookies.contains("datalabs=" + cookie)) {
            text(out, "403 Forbidden", "no cookie");
        } else if (proxied != 0) {
            proxy(request, in, socket);
        } else if ("websocket".equalsIgnoreCase(request.header("upgrade"))) {
            WebSocketEnd end = WebSocketEnd.accept(request, in, out);
            if (request.path().equals(root() + "vnc") && display != null) {
                display.bridge(end, open);
            } else {
                end.echo();
            }
        } else {
            responder.answer(request, out);
        }
        out.flush();
    }

    private void proxy(Request request, InputStream in, Socket socket) throws IOException {
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), proxied)) {
            upstream.setTcpNoDelay(true);
            open.add(upstream);
            StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
            boolean upgrade = request.header("upgrade") != null;
            request.headers().forEach((name, value) -> {
                if (name.equals("cookie")) {
                    head.append("cookie: ").append(value.replaceAll("datalabs=[^;]*(; )?", ""));
                } else if (name.equals("connection") && !upgrade) {
                    head.append("connection: close");
                } else {
                    head.append(name).append(": ").append(value);
                }
                head.append("\r\n");
            });
            if (!upgrade) {
                head.append("connection: close\r\n");
            }
            upstream.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> {
                try {
                    in.transferTo(upstream.getOutputStream());
                    upstream.shutdownOutput();
                } catch (IOException ended) {
                    // Either side went away.
                }
            });
            upstream.getInputStream().transferTo(socket.getOutputStream());
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
