package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of events as clients read it. */
@Timeout(60)
class EventsTest {
    private static final DatalabId LAB = new DatalabId("probe-lab");

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void beginsWithResyncAndTellsOfEveryChange() throws Exception {
        try (Stream stream = open(null)) {
            assertThat(stream.next().get("event")).isEqualTo("resync");
            Session session = server.client().launch(LaunchRequest.defaults(LAB));
            Map<String, String> first = stream.next();
            assertThat(first.get("event")).isEqualTo("session");
            assertThat(first.get("data")).contains(session.id().value()).contains("\"phase\":\"STARTING\"");
            assertThat(first.get("data")).doesNotContain("token");
            assertThat(stream.next().get("event")).isEqualTo("quota");
            assertThat(stream.until(event -> event.getOrDefault("data", "").contains("\"phase\":\"READY\"")))
                    .isNotEmpty();
            Map<String, String> usage = stream.until(event -> "usage".equals(event.get("event")));
            assertThat(usage).doesNotContainKey("id");
        }
    }

    @Test
    void repeatsWhatAClientMissedAndNothingElse() throws Exception {
        String seen;
        try (Stream stream = open(null)) {
            seen = stream.next().get("id");
        }
        Session session = server.client().launch(LaunchRequest.defaults(LAB));
        server.await(session.id(), now -> now.state() instanceof SessionState.Ready);
        List<Map<String, String>> all;
        try (Stream stream = open(seen)) {
            stream.until(event -> event.getOrDefault("data", "").contains("\"phase\":\"READY\""));
            all = stream.read;
        }
        assertThat(all).extracting(event -> event.get("event")).startsWith("session", "quota");
        String middle = all.get(1).get("id");
        try (Stream stream = open(middle)) {
            assertThat(stream.next()).isEqualTo(all.get(2));
        }
    }

    @Test
    void asksForAFreshLookWhenItCannotRepeat() throws Exception {
        for (String id : List.of("nonsense", "0000000000-5", "-1", "x".repeat(5000))) {
            try (Stream stream = open(id)) {
                assertThat(stream.next().get("event")).isEqualTo("resync");
            }
        }
        String own = "";
        try (Stream stream = open(null)) {
            own = stream.next().getOrDefault("id", "");
        }
        String future = own.substring(0, own.lastIndexOf('-') + 1) + "999999";
        try (Stream stream = open(future)) {
            assertThat(stream.next().get("event")).isEqualTo("resync");
        }
    }

    @Test
    void tellsOfCatalogueChangesAndBrokenManifests() throws Exception {
        server.client().catalogue(null);
        try (Stream stream = open(null)) {
            stream.next();
            TestServer.writeManifest(folder.resolve("catalogue"), "another-lab");
            Files.createDirectories(folder.resolve("catalogue/broken"));
            Files.writeString(folder.resolve("catalogue/broken/datalab.yaml"), "id: [\n");
            stream.until(event -> "catalogue".equals(event.get("event")));
            Until.holds(
                    Duration.ofSeconds(10),
                    () -> !server.client().catalogueProblems().isEmpty());
            assertThat(server.client()
                            .datalab(new DatalabId("another-lab"))
                            .datalab()
                            .name())
                    .isEqualTo("Probe Lab");
            assertThat(server.client().catalogueProblems().get(0).file()).contains("broken");
        }
    }

    @Test
    void dropsAClientThatDoesNotReadWithoutHoldingUpOthers() throws Exception {
        Session session = server.client().launch(LaunchRequest.defaults(LAB));
        try (Socket deaf =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            deaf.setReceiveBufferSize(1024);
            deaf.getOutputStream()
                    .write(("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                    + TestServer.TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            try (Stream stream = open(null)) {
                String last = "";
                for (int i = 0; i < 200; i++) {
                    last = "name number " + i;
                    server.client().change(session.id(), new SessionChange(last, null, null, null));
                }
                String wanted = last;
                assertThat(stream.until(event -> event.getOrDefault("data", "").contains(wanted)))
                        .isNotEmpty();
            }
        }
    }

    private Stream open(@Nullable String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = server.request("/api/v1/events");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response =
                server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return new Stream(response.body());
    }

    private static final class Stream implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;
        private final List<Map<String, String>> read = new ArrayList<>();

        Stream(InputStream body) {
            this.body = body;
            this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        Map<String, String> next() throws IOException {
            Map<String, String> event = new LinkedHashMap<>();
            while (true) {
                String line = lines.readLine();
                assertThat(line).isNotNull();
                if (line.isEmpty() && event.containsKey("event")) {
                    read.add(event);
                    return event;
                }
                if (line.isEmpty()) {
                    event.clear(); // the retry time or a heartbeat
                }
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    event.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }

        /** Reads on to an event as wanted. */
        Map<String, String> until(Predicate<Map<String, String>> wanted) throws IOException {
            while (true) {
                Map<String, String> event = next();
                if (wanted.test(event)) {
                    return event;
                }
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
