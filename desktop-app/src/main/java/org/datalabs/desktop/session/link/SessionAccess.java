package org.datalabs.desktop.session.link;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges tickets for the session's cookie and keeps it; asks again only when the cookie was refused. Thread-safe,
 * never blocks.
 */
public final class SessionAccess {
    private static final Duration TIME_OUT = Duration.ofSeconds(20);

    private final SessionConnection connection;
    private final HttpClient http;
    private @Nullable CompletableFuture<Entry> current;

    public SessionAccess(SessionConnection connection, HttpClient http) {
        this.connection = connection;
        this.http = http;
    }

    public String sessionId() {
        return connection.sessionId();
    }

    /** The present entry, or a new one if there is none yet or the last try failed. */
    public CompletionStage<Entry> enter() {
        CompletableFuture<Entry> mine;
        synchronized (this) {
            CompletableFuture<Entry> present = current;
            if (present != null && !present.isCompletedExceptionally()) {
                return present;
            }
            mine = new CompletableFuture<>();
            current = mine;
        }
        // Outside the lock: the port is foreign code.
        connection.ticketUrl().thenCompose(this::exchange).whenComplete((entry, failure) -> {
            if (failure == null) {
                mine.complete(entry);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /** Forgets an entry whose cookie was refused; a newer one stays. */
    public synchronized void refused(Entry entry) {
        CompletableFuture<Entry> present = current;
        if (present != null
                && present.isDone()
                && !present.isCompletedExceptionally()
                && present.getNow(entry).equals(entry)) {
            current = null;
        }
    }

    /** Takes the cookie that an answer of the session renewed. */
    public synchronized void renewed(Entry entry) {
        current = CompletableFuture.completedFuture(entry);
    }

    private CompletionStage<Entry> exchange(URI ticket) {
        HttpRequest request =
                HttpRequest.newBuilder(ticket).timeout(TIME_OUT).GET().build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenCompose(answer -> entry(ticket, answer)
                        .map(entry -> (CompletionStage<Entry>) CompletableFuture.completedFuture(entry))
                        .orElseGet(() -> CompletableFuture.failedFuture(new IOException(
                                "The datazone did not take the ticket (status " + answer.statusCode() + ")."))));
    }

    private static Optional<Entry> entry(URI ticket, HttpResponse<?> answer) {
        URI root = URI.create(ticket.getScheme() + "://" + ticket.getRawAuthority() + ticket.getRawPath());
        return answer.headers().allValues("set-cookie").stream()
                .filter(cookie -> answer.statusCode() / 100 == 3
                        && cookie.toLowerCase(Locale.ROOT).contains("path=" + lowerPath(root))
                        && cookie.indexOf('=') > 0)
                .findFirst()
                .map(cookie -> cookie.split(";", 2)[0].trim())
                .map(pair -> new Entry(root, pair.substring(0, pair.indexOf('=')), pair));
    }

    private static String lowerPath(URI root) {
        return root.getRawPath().toLowerCase(Locale.ROOT);
    }
}
