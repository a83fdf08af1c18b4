package org.datalabs.backend.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.backend.volume.BuiltInVolumes;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.identity.User;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;

/** The whole service over a runtime without processes, on a port of its own. */
final class TestServer implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-0123456789";
    static final UserId USER = new UserId("local");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StateFolder state;
    private final BackendServer server;
    private final FakeRuntime runtime;
    private final DatazoneClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestServer(StateFolder state, BackendServer server, FakeRuntime runtime) {
        this.state = state;
        this.server = server;
        this.runtime = runtime;
        this.client = new DatazoneClient(address(), () -> Optional.of(TOKEN));
    }

    static TestServer start(Path folder) throws IOException {
        return start(folder, new FakeRuntime());
    }

    static TestServer start(Path folder, FakeRuntime runtime) throws IOException {
        Path catalogue = folder.resolve("catalogue");
        writeManifest(catalogue, "probe-lab");
        Arguments arguments = Arguments.parse(List.of(
                "--listen",
                "127.0.0.1:0",
                "--state",
                folder.resolve("state").toString(),
                "--catalogue",
                catalogue.toString()));
        StateFolder state = StateFolder.hold(arguments.state());
        Configuration told = Configuration.of(arguments, state, TOKEN);
        Configuration configuration = new Configuration(
                told.name(),
                told.listen(),
                null,
                told.catalogue(),
                told.folder(),
                told.storage(),
                new Configuration.Access.OneUser(new User(USER, "Tester"), TOKEN),
                told.allowance(),
                null,
                told.pools(),
                told.origins(),
                Duration.ZERO);
        BackendServer server = BackendServer.start(
                configuration,
                new FakeEngine(runtime),
                Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)),
                time -> false);
        return new TestServer(state, server, runtime);
    }

    /** Adds a small web datalab to an operator's folder. */
    static void writeManifest(Path catalogue, String id) throws IOException {
        Path file = Files.createDirectories(catalogue.resolve(id)).resolve("datalab.yaml");
        Files.writeString(file, """
                apiVersion: datalabs/v1
                id: %s
                name: Probe Lab
                kind: web
                summary: A datalab for tests.
                description: Nothing but an HTTP server.
                maintainer: {name: Tests, url: "https://example.org"}
                licence: Apache-2.0
                icon: {path: "M4 4h16v16H4z", tint: teal}
                domains: [Astronomy]
                themes: [Tests]
                resources:
                  least: {cpu: 0.5, memory: 512 MB}
                  most: {cpu: 4, memory: 8 GB, gpu: 0}
                  recommended: small
                  presets:
                    - {id: small, name: Small, cpu: 1, memory: 2 GB, note: Enough}
                versions:
                  - name: "1"
                    released: 2024-01-02
                    local:
                      command: [probe, "{port}"]
                      needs: []
                """.formatted(id));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    FakeRuntime runtime() {
        return runtime;
    }

    DatazoneClient client() {
        return client;
    }

    HttpClient http() {
        return http;
    }

    /** A request with the token to a path. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until a session is as wanted. */
    Session await(SessionId session, Predicate<Session> wanted) {
        return Until.present(
                PATIENCE, () -> Optional.of(client.session(session)).filter(wanted));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        state.close();
    }

    /** Runs sessions without processes. */
    record FakeEngine(FakeRuntime fake) implements Engine {
        @Override
        public SessionRuntime runtime(Path folder, Clock clock) {
            return fake;
        }

        @Override
        public boolean onThisMachine() {
            return true;
        }

        @Override
        public BuiltInVolumes volumes(Path folder, Clock clock) {
            return ArrayList::new;
        }
    }
}
