package org.datalabs.desktop.session.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.datalabs.desktop.session.link.Entry;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;

/** Carries one request to the session and its answer back, a piece at a time both ways. */
final class Forwarder {
    private static final int PIECE = 1 << 16;
    private static final long ENTRY_SECONDS = 30;
    private static final String DOCUMENT_ACCEPT = "text/html,application/xhtml+xml";

    private final SessionAccess access;
    private final SessionEnvironment environment;
    private final Guard guard;
    private final String origin;
    private final String root;
    private final GatewayListener listener;
    private final Set<InputStream> streams;
    private final SecureRandom random = new SecureRandom();

    Forwarder(
            SessionAccess access,
            SessionEnvironment environment,
            Guard guard,
            String origin,
            String root,
            GatewayListener listener,
            Set<InputStream> streams) {
        this.access = access;
        this.environment = environment;
        this.guard = guard;
        this.origin = origin;
        this.root = root;
        this.listener = listener;
        this.streams = streams;
    }

    void forward(HttpExchange exchange) throws IOException {
        boolean document = isDocument(exchange);
        Rewriting rewriting;
        HttpResponse<InputStream> answer;
        try {
            rewriting = rewriting();
            if (!isBelow(rewriting.root(), exchange)) {
                return;
            }
            answer = send(exchange, rewriting, document);
            if (isRefusedEntry(exchange, answer)) {
                answer.body().close();
                access.refused(rewriting.entry());
                rewriting = rewriting();
                answer = send(exchange, rewriting, document);
            }
        } catch (IOException unreachable) {
            if (document) {
                listener.unreachable(unreachable);
            }
            badGateway(exchange);
            return;
        }
        if (document) {
            listener.reached();
        }
        try (InputStream body = answer.body()) {
            streams.add(body);
            if (!offerDownload(exchange, answer, document, body)) {
                answer(exchange, rewriting, answer, document);
            }
        } finally {
            streams.remove(answer.body());
        }
    }

    /** Whether the request is for the session; it is answered if not. */
    private boolean isBelow(String sessionRoot, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (!path.startsWith(sessionRoot)) {
            GatewayHandler.refuse(exchange, 404);
            return false;
        }
        if (path.equals(root) && !root.equals(sessionRoot)) {
            // A visit begins at the same address here, whatever origin the session has.
            exchange.getResponseHeaders().add("Location", sessionRoot);
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            exchange.sendResponseHeaders(303, -1);
            return false;
        }
        return true;
    }

    /** A page of its own, not a piece that a script asks for. */
    private static boolean isDocument(HttpExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null
                && accept.startsWith(DOCUMENT_ACCEPT)
                && !exchange.getRequestHeaders().containsKey("X-Requested-With");
    }

    /** Only the data plane refuses with a problem document; what the session itself refuses is its own affair. */
    private static boolean isRefusedEntry(HttpExchange exchange, HttpResponse<InputStream> answer) {
        boolean repeatable = exchange.getRequestMethod().equals("GET")
                || exchange.getRequestMethod().equals("HEAD");
        return repeatable
                && (answer.statusCode() == 401 || answer.statusCode() == 403)
                && contentType(answer).startsWith("application/problem+json");
    }

    private Rewriting rewriting() throws IOException {
        try {
            Entry entry = access.enter().toCompletableFuture().get(ENTRY_SECONDS, TimeUnit.SECONDS);
            return Rewriting.of(origin, root, entry, guard.cookieName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No way into the session.", e);
        }
    }

    private HttpResponse<InputStream> send(HttpExchange exchange, Rewriting rewriting, boolean document)
            throws IOException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(rewriting.upstream(asked.getRawPath() + query)))
                    .version(HttpClient.Version.HTTP_1_1)
                    .method(exchange.getRequestMethod(), body(exchange));
        } catch (IllegalArgumentException e) {
            throw new IOException("This request cannot be passed on.", e);
        }
        rewriting
                .request(exchange.getRequestHeaders(), document)
                .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        try {
            return environment.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static HttpRequest.BodyPublisher body(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
        if (length == null && !chunked) {
            return HttpRequest.BodyPublishers.noBody();
        }
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody);
        if (chunked) {
            return stream;
        }
        long bytes = Long.parseLong(length);
        return bytes == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(stream, bytes);
    }

    private static void badGateway(HttpExchange exchange) throws IOException {
        byte[] page = ("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Datalab not reached</title></head>"
                        + "<body><h1>The datalab does not answer</h1><p>Reload this page to try again.</p></body></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().add("Cache-Control", "no-store");
        exchange.sendResponseHeaders(502, exchange.getRequestMethod().equals("HEAD") ? -1 : page.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(page);
        }
    }

    /** True if the answer is a file: the page stays as it is, the file goes to the listener. */
    private boolean offerDownload(
            HttpExchange exchange, HttpResponse<InputStream> answer, boolean document, InputStream body)
            throws IOException {
        String disposition = answer.headers().firstValue("content-disposition").orElse(null);
        if (!document
                || answer.statusCode() != 200
                || !exchange.getRequestMethod().equals("GET")
                || !DownloadNames.isDownload(disposition, contentType(answer).isEmpty() ? null : contentType(answer))) {
            return false;
        }
        boolean packed = answer.headers().firstValue("content-encoding").isPresent();
        HandedOver handed = new HandedOver(body);
        streams.add(handed);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        listener.offered(new Download(
                DownloadNames.name(disposition, exchange.getRequestURI()),
                contentType(answer),
                packed ? OptionalLong.empty() : answer.headers().firstValueAsLong("content-length"),
                handed,
                environment.background()));
        handed.awaitClosed();
        streams.remove(handed);
        return true;
    }

    private void answer(HttpExchange exchange, Rewriting rewriting, HttpResponse<InputStream> answer, boolean document)
            throws IOException {
        List<String> setCookies = answer.headers().allValues("set-cookie");
        Entry renewed = rewriting.renewed(setCookies);
        if (renewed != null) {
            access.renewed(renewed);
        }
        boolean empty =
                exchange.getRequestMethod().equals("HEAD") || answer.statusCode() == 204 || answer.statusCode() == 304;
        String encoding = answer.headers()
                .firstValue("content-encoding")
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        boolean unpack = encoding.equals("gzip") || encoding.equals("x-gzip");
        boolean insert = document
                && !empty
                && contentType(answer).startsWith("text/html")
                && (unpack || encoding.equals("identity"));
        String script = origin + root + GatewayHandler.OWN + "shim.js";
        String nonce = nonce();
        Map<String, List<String>> headers = rewriting.answer(answer.headers().map(), script, nonce, insert);
        if (insert && unpack) {
            headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-encoding"));
        }
        headers.forEach(exchange.getResponseHeaders()::put);
        rewriting.cookies(setCookies).forEach(cookie -> exchange.getResponseHeaders()
                .add("Set-Cookie", cookie));
        if (empty) {
            exchange.sendResponseHeaders(answer.statusCode(), -1);
        } else if (insert) {
            byte[] element = ("<script nonce=\"" + nonce + "\" src=\"" + script + "\"></script>")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            InputStream plain = unpack ? new GZIPInputStream(answer.body()) : answer.body();
            copy(new HeadInsertion(plain, element), exchange.getResponseBody());
        } else {
            OptionalLong length = answer.headers().firstValueAsLong("content-length");
            boolean none = length.isPresent() && length.getAsLong() == 0;
            exchange.sendResponseHeaders(answer.statusCode(), none ? -1 : length.orElse(0));
            copy(answer.body(), exchange.getResponseBody());
        }
    }

    /** Passes on what is there before it waits for more, so that events arrive when they happen. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            out.write(piece, 0, n);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("").trim().toLowerCase(Locale.ROOT);
    }
}
