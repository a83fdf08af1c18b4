package org.datalabs.backend.vnc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that shows a desktop session in any browser, by noVNC's modules. Serves these files and no others.
 * Thread-safe; each file is read once.
 */
public final class DesktopPage {
    private static final Map<String, String> OWN =
            Map.of("/", "page/desktop.html", "/desktop.js", "page/desktop.js", "/desktop.css", "page/desktop.css");
    private static final Pattern MODULE = Pattern.compile("/novnc/((?:core|vendor)(?:/[A-Za-z0-9_-]+){1,5}\\.js)");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final Map<String, Buffer> files = new ConcurrentHashMap<>();

    /**
     * Answers a request for a file of the page.
     *
     * @param rest path below the session's address, with its leading slash
     * @return false when there is no such file; nothing was answered then
     */
    public boolean send(HttpServerRequest request, String rest) {
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        Optional<String> file = reads ? file(rest) : Optional.empty();
        Optional<Buffer> content = file.flatMap(this::content);
        if (file.isEmpty() || content.isEmpty()) {
            return false;
        }
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type(file.get()))
                .putHeader(
                        HttpHeaders.CONTENT_LENGTH, String.valueOf(content.get().length()))
                .putHeader(
                        HttpHeaders.CACHE_CONTROL, OWN.containsValue(file.get()) ? "no-cache" : "private, max-age=3600")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        request.resume();
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(content.get());
        }
        return true;
    }

    private static Optional<String> file(String rest) {
        String own = OWN.get(rest);
        if (own != null) {
            return Optional.of(own);
        }
        var module = MODULE.matcher(rest);
        return module.matches() ? Optional.of("novnc/" + module.group(1)) : Optional.empty();
    }

    private Optional<Buffer> content(String file) {
        return Optional.ofNullable(files.computeIfAbsent(file, DesktopPage::read));
    }

    private static @Nullable Buffer read(String file) {
        try (InputStream in = DesktopPage.class.getResourceAsStream(file)) {
            return in == null ? null : Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String file) {
        if (file.endsWith(".html")) {
            return "text/html;charset=utf-8";
        }
        return file.endsWith(".css") ? "text/css;charset=utf-8" : "text/javascript;charset=utf-8";
    }
}
