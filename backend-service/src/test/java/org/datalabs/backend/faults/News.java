package org.datalabs.backend.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Json;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A client that hears of a user's events, and comes back with {@code Last-Event-ID}, at one replica after the other,
 * whenever its stream ends. Thread-safe.
 */
final class News implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<URI> doors;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = Json.lenient();
    private final List<Consumer<Session>> listeners = new CopyOnWriteArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "news");
    private volatile boolean closed;
    private volatile @Nullable InputStream body;
    private @Nullable String last;
    private long begin = -1;
    private int connections;

    /** A kept event and its place in the order of all. */
    record Kept(long number, DatazoneEvent event) {}

    News(List<URI> doors, String token) {
        this.doors = List.copyOf(doors);
        this.token = token;
        thread.setDaemon(true);
        thread.start();
    }

    /** Calls {@code listener} with each state of a session, as it is told. */
    void onSession(Consumer<Session> listener) {
        listeners.add(listener);
    }

    /** Forgets all listeners. */
    void deaf() {
        listeners.clear();
    }

    /** Number of the last event before the first that is told here; negative until the stream has begun. */
    synchronized long begin() {
        return begin;
    }

    synchronized List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** How often it has connected. */
    synchronized int connections() {
        return connections;
    }

    /** The sessions that there are, as far as the events tell. */
    synchronized Map<SessionId, Session> sessions() {
        Map<SessionId, Session> sessions = new HashMap<>();
        for (Kept news : kept) {
            if (news.event() instanceof DatazoneEvent.SessionChanged changed) {
                sessions.put(changed.session().id(), changed.session());
            } else if (news.event() instanceof DatazoneEvent.SessionRemoved removed) {
                sessions.remove(removed.session());
            }
        }
        return sessions;
    }

    /** What is held of the quota, as far as the events tell. */
    synchronized Optional<QuotaUse> quota() {
        return kept.stream()
                .map(Kept::event)
                .filter(DatazoneEvent.QuotaChanged.class::isInstance)
                .map(event -> ((DatazoneEvent.QuotaChanged) event).quota())
                .reduce((one, later) -> later);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        InputStream open = body;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is over either way
            }
        }
    }

    private void run() {
        int turn = 0;
        while (!closed) {
            try {
                read(doors.get(turn++ % doors.size()));
            } catch (IOException e) {
                // that is what is being tested: it comes back
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void read(URI door) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.resolve(ApiPaths.EVENTS))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token);
        String from = last;
        if (from != null) {
            request.header("Last-Event-ID", from);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        body = response.body();
        if (response.statusCode() != 200) {
            response.body().close();
            return;
        }
        synchronized (this) {
            connections++;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> event = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    event.put(line.substring(0, colon), line.substring(colon + 2));
                } else if (line.isEmpty()) {
                    String id = event.get("id");
                    if (id != null) {
                        take(id, event.getOrDefault("data", ""));
                    }
                    event.clear();
                }
            }
        }
    }

    private void take(String id, String data) throws JsonProcessingException {
        long number = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
        DatazoneEvent event = json.readValue(data, DatazoneEvent.class);
        synchronized (this) {
            if (last == null) {
                begin = number;
            } else {
                kept.add(new Kept(number, event));
            }
            last = id;
        }
        if (event instanceof DatazoneEvent.SessionChanged changed) {
            listeners.forEach(listener -> listener.accept(changed.session()));
        }
    }
}
