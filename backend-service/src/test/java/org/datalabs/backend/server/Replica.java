package org.datalabs.backend.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.Quota;
import org.jspecify.annotations.Nullable;

/** One of several services over one database and one engine. */
final class Replica implements AutoCloseable {
    private final BackendServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private Replica(BackendServer server) {
        this.server = server;
    }

    /**
     * @param folder holds the catalogue and the users' file
     * @param runtime shared by all replicas
     */
    static Replica start(Path folder, PostgresSettings database, FakeRuntime runtime, PoolSetting... pools) {
        Configuration configuration = new Configuration(
                "Cluster",
                new Configuration.Address("127.0.0.1", 0),
                new Configuration.Address("127.0.0.1", 0),
                folder.resolve("catalogue"),
                folder,
                new Configuration.Storage.Shared(database),
                new Configuration.Access.ListedUsers(folder.resolve("users")),
                new Configuration.Allowance.Fixed(new Quota(5, Resources.of(100, 1000))),
                null,
                List.of(pools),
                SessionOrigins.onPaths(),
                Duration.ZERO);
        return new Replica(BackendServer.start(
                configuration,
                new SharedEngine(runtime),
                Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)),
                time -> false));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    DatazoneClient client(String token) {
        return new DatazoneClient(address(), () -> Optional.of(token));
    }

    HttpResponse<String> get(String path, String... headers) {
        return get(address().resolve(path), headers);
    }

    /** Asks the port of metrics and health. */
    HttpResponse<String> manage(String path) {
        return get(URI.create("http://127.0.0.1:" + server.managementPort() + path));
    }

    HttpResponse<String> get(URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens the stream of events. */
    Events events(String token, @Nullable String last) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve("/api/v1/events")).header("Authorization", "Bearer " + token);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return new Events(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .body());
    }

    @Override
    public void close() {
        server.close();
    }

    /** A stream's kept events, collected as they come. */
    static final class Events implements AutoCloseable {
        private final InputStream body;
        private final List<Map<String, String>> kept = new CopyOnWriteArrayList<>();
        private volatile boolean ended;

        private Events(InputStream body) {
            this.body = body;
            Thread reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        /** Those with an id, in the order of arrival. */
        List<Map<String, String>> kept() {
            return List.copyOf(kept);
        }

        List<String> ids() {
            return kept.stream().map(event -> String.valueOf(event.get("id"))).toList();
        }

        boolean ended() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        private void read() {
            Map<String, String> event = new LinkedHashMap<>();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int colon = line.indexOf(": ");
                    if (colon > 0) {
                        event.put(line.substring(0, colon), line.substring(colon + 2));
                    } else if (line.isEmpty()) {
                        if (event.containsKey("id")) {
                            kept.add(Map.copyOf(event));
                        }
                        event.clear();
                    }
                }
            } catch (IOException e) {
                // closed by the test or by the server, which ends it
            }
            ended = true;
        }
    }

    /** The engine that all replicas see, which none of them may close. */
    private record SharedEngine(FakeRuntime runtime) implements Engine {
        @Override
        public SessionRuntime runtime(Path state, Clock clock) {
            return runtime.shared();
        }

        @Override
        public BuiltInVolumes volumes(Path state, Clock clock) {
            return List::of;
        }

        @Override
        public boolean onThisMachine() {
            return false;
        }
    }
}
