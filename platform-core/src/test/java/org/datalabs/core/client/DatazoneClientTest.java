package org.datalabs.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Facet;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.Ticket;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.VolumeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatazoneClientTest {
    private static final String INFO =
            "{\"name\":\"Here\",\"description\":\"\",\"runtime\":\"local\",\"version\":\"1\",\"total\":{\"cpuMillis\":2000,"
                    + "\"memoryBytes\":1,\"gpus\":0},\"notices\":[],\"news\":\"from a newer service\"}";
    private static final String SESSION =
            "{\"id\":\"abcdefghijklmnop\",\"owner\":\"me\",\"name\":\"S\",\"datalab\":\"topcat\",\"datalabName\":\"TOPCAT\","
                    + "\"version\":\"4.8\",\"kind\":\"desktop\",\"resources\":{\"cpuMillis\":1000,\"memoryBytes\":1,\"gpus\":0},"
                    + "\"mounts\":[],\"options\":{},\"desired\":\"RUNNING\",\"state\":{\"phase\":\"READY\","
                    + "\"since\":\"2026-11-20T10:00:00Z\"},\"createdAt\":\"2026-11-20T10:00:00Z\","
                    + "\"endsAt\":\"2026-11-21T10:00:00Z\",\"revision\":3}";
    private static final SessionId ID = new SessionId("abcdefghijklmnop");

    @Test
    void speaksEveryRoute() {
        try (RawServer server = new RawServer((number, request, out) ->
                        RawServer.write(out, 200, "application/json; charset=utf-8", answer(request)));
                DatazoneClient client = client(server)) {
            assertThat(client.info().name()).isEqualTo("Here");
            assertThat(client.sessions()).hasSize(1);
            client.endedSessions();
            client.catalogueProblems();
            client.volumes();
            client.session(ID);
            client.change(ID, new SessionChange("New name", null, null, 3L));
            client.usage(ID);
            client.log(ID, 12, 100, 1);
            Map<Facet, Set<String>> filters = new EnumMap<>(Facet.class);
            filters.put(Facet.MISSION, new TreeSet<>(Set.of("Gaia", "Mars Express")));
            client.search(new CatalogueQuery("x-ray & more", filters, CatalogueQuery.Sort.NAME, 5, 10));
            client.launch(LaunchRequest.defaults(new DatalabId("topcat")), "key-12345");
            client.destroy(ID);
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.target())
                    .containsExactly(
                            "GET /api/v1/datazone",
                            "GET /api/v1/sessions",
                            "GET /api/v1/sessions?ended=true",
                            "GET /api/v1/catalogue/problems",
                            "GET /api/v1/volumes",
                            "GET /api/v1/sessions/abcdefghijklmnop",
                            "PATCH /api/v1/sessions/abcdefghijklmnop",
                            "GET /api/v1/sessions/abcdefghijklmnop/usage",
                            "GET /api/v1/sessions/abcdefghijklmnop/log?after=12&limit=100&wait=1",
                            "GET /api/v1/catalogue/search?q=x-ray+%26+more&mission=Gaia&mission=Mars+Express"
                                    + "&sort=NAME&offset=5&limit=10",
                            "POST /api/v1/sessions",
                            "DELETE /api/v1/sessions/abcdefghijklmnop");
            assertThat(server.requests()).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEqualTo("Bearer the-token");
                assertThat(request.header("Upgrade")).isNull();
            });
            assertThat(server.requests().get(6).body()).isEqualTo("{\"name\":\"New name\",\"revision\":3}");
            assertThat(server.requests().get(6).header("Content-Type")).isEqualTo("application/json");
            assertThat(server.requests().get(10).header("Idempotency-Key")).isEqualTo("key-12345");
            assertThat(server.requests().get(10).body()).isEqualTo("{\"datalab\":\"topcat\"}");
        }
    }

    @Test
    void sendsNoTokenWhenThereIsNone() {
        try (RawServer server = RawServer.answering(200, "application/json", INFO);
                DatazoneClient client = new DatazoneClient(server.address(), Optional::empty)) {
            client.info();
            assertThat(server.requests().get(0).header("Authorization")).isNull();
        }
    }

    @Test
    void neverTellsATokenThatCannotBeSent() {
        try (RawServer server = RawServer.answering(200, "application/json", INFO);
                DatazoneClient client =
                        new DatazoneClient(server.address(), () -> Optional.of("secret\r\nX-Evil: 1"))) {
            ProblemException refused = catchThrowableOfType(ProblemException.class, client::info);
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.NOT_SIGNED_IN);
            assertThat(refused).hasMessageNotContaining("secret");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void handsOutTheDatazonesOwnProblem() {
        String body = "{\"type\":\"urn:datalabs:problem:QUOTA_REACHED\",\"status\":409,\"detail\":\"Five of five.\","
                + "\"code\":\"DL-2001\",\"remedy\":\"Destroy one.\",\"errors\":[{\"field\":\"a\",\"message\":\"b\"}]}";
        try (RawServer server = RawServer.answering(409, "application/problem+json", body);
                DatazoneClient client = client(server)) {
            assertThat(problem(() -> client.launch(LaunchRequest.defaults(new DatalabId("topcat")))))
                    .isEqualTo(new Problem(
                            ProblemCode.QUOTA_REACHED,
                            "Five of five.",
                            "Destroy one.",
                            List.of(new FieldError("a", "b"))));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void triesReadingThreeTimes() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    if (number == 1) {
                        return;
                    }
                    RawServer.write(out, number == 2 ? 503 : 200, "application/json", number == 2 ? "{}" : INFO);
                });
                DatazoneClient client = client(server)) {
            assertThat(client.info().name()).isEqualTo("Here");
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
        }
        try (RawServer server = RawServer.answering(503, "text/plain", "no");
                DatazoneClient client = client(server)) {
            problem(client::info);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void launchesWithTheSameKeyWhenTheAnswerIsLost() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    if (number > 1) {
                        RawServer.write(out, 202, "application/json", SESSION);
                    }
                });
                DatazoneClient client = client(server)) {
            assertThat(client.launch(LaunchRequest.defaults(new DatalabId("topcat")))
                            .id())
                    .isEqualTo(ID);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests())
                    .extracting(request -> request.header(ApiPaths.IDEMPOTENCY_KEY))
                    .doesNotContainNull()
                    .allMatch(key -> key != null && key.matches("[A-Za-z0-9-]{8,64}"))
                    .containsOnly(server.requests().get(0).header(ApiPaths.IDEMPOTENCY_KEY));
        }
    }

    @Test
    void neverRepeatsWhatIsNotSafe() {
        try (RawServer server = RawServer.answering(503, "text/plain", "no");
                DatazoneClient client = client(server)) {
            problem(() -> client.change(ID, new SessionChange("x", null, null, null)));
            problem(() -> client.ticket(ID));
            problem(() -> client.addVolume(new NewVolume("a", "/a", true, null, null)));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 408, 409, 413, 422, 429, 500, 501})
    void neverRepeatsWhatWasRefused(int status) {
        try (RawServer server = RawServer.answering(status, "text/plain", "no");
                DatazoneClient client = client(server)) {
            problem(client::info);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void doesNotRepeatTheDatazonesOwnRefusalOfLaterUse() {
        String body = "{\"type\":\"urn:datalabs:problem:SANDBOX_UNAVAILABLE\",\"status\":503,\"detail\":\"No.\"}";
        try (RawServer server = RawServer.answering(503, "application/problem+json", body);
                DatazoneClient client = client(server)) {
            assertThat(problem(client::info).code()).isEqualTo(ProblemCode.SANDBOX_UNAVAILABLE);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void takesALostAnswerToADeleteForDone() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    if (number > 1) {
                        RawServer.write(
                                out, 404, "application/problem+json", "{\"type\":\"urn:datalabs:problem:NOT_FOUND\"}");
                    }
                });
                DatazoneClient client = client(server)) {
            client.removeVolume(new VolumeId("mine"));
            assertThat(server.requests()).hasSize(2);
        }
        try (RawServer server = RawServer.answering(
                        404, "application/problem+json", "{\"type\":\"urn:datalabs:problem:NOT_FOUND\"}");
                DatazoneClient client = client(server)) {
            assertThat(problem(() -> client.removeVolume(new VolumeId("mine"))).code())
                    .isEqualTo(ProblemCode.NOT_FOUND);
        }
    }

    @Test
    void tellsADestroyedSessionFromOneThatHadEnded() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    if (number == 1) {
                        RawServer.write(out, 202, "application/json", SESSION);
                    } else {
                        RawServer.raw(out, "HTTP/1.1 204 No Content\r\n\r\n");
                    }
                });
                DatazoneClient client = client(server)) {
            assertThat(client.destroy(ID)).isPresent();
            assertThat(client.destroy(ID)).isEmpty();
        }
    }

    @Test
    void readsAWholeCatalogueOfOneRevision() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    String revision = number <= 2 ? "r" + number : "r3";
                    boolean last = request.target().contains("cursor=");
                    RawServer.write(
                            out,
                            200,
                            "application/json",
                            "{\"revision\":\"" + revision + "\",\"entries\":[" + entry(last ? "b" : "a") + "]"
                                    + (last ? "}" : ",\"next\":\"after a\"}"),
                            "ETag: \"" + revision + "\"");
                });
                DatazoneClient client = client(server)) {
            CatalogueDownload download = client.catalogue(null).orElseThrow();
            assertThat(download.revision()).isEqualTo("r3");
            assertThat(download.etag()).isEqualTo("\"r3\"");
            assertThat(download.entries())
                    .extracting(entry -> entry.datalab().id().value())
                    .containsExactly("a", "b");
            assertThat(server.requests())
                    .extracting(RawServer.Request::target)
                    .containsExactly(
                            "/api/v1/catalogue?limit=500",
                            "/api/v1/catalogue?cursor=after+a&limit=500",
                            "/api/v1/catalogue?limit=500",
                            "/api/v1/catalogue?cursor=after+a&limit=500");
        }
    }

    @Test
    void keepsTheCatalogueThatIsStillCurrent() {
        try (RawServer server = new RawServer((number, request, out) ->
                        RawServer.raw(out, "HTTP/1.1 304 Not Modified\r\nETag: \"r1\"\r\n\r\n"));
                DatazoneClient client = client(server)) {
            assertThat(client.catalogue("\"r1\"")).isEmpty();
            assertThat(server.requests().get(0).header("If-None-Match")).isEqualTo("\"r1\"");
        }
    }

    @Test
    void marksADatalab() {
        try (RawServer server = RawServer.answering(200, "application/json", entry("topcat"));
                DatazoneClient client = client(server)) {
            client.mark(new DatalabId("topcat"), new Marks(true, null));
            assertThat(server.requests().get(0).target()).isEqualTo("/api/v1/catalogue/topcat/marks");
            assertThat(server.requests().get(0).body()).isEqualTo("{\"starred\":true}");
            assertThat(client.datalab(new DatalabId("topcat")).stars()).isEqualTo(2);
        }
    }

    @Test
    void keepsThePathOfAnAddress() {
        try (RawServer server = RawServer.answering(200, "application/json", INFO);
                DatazoneClient client =
                        new DatazoneClient(URI.create(server.address() + "/lab/zone/"), Optional::empty)) {
            client.info();
            assertThat(server.requests().get(0).target()).isEqualTo("/lab/zone/api/v1/datazone");
            assertThat(client.resolve(new Ticket("/s/x/?ticket=1", null, Instant.EPOCH)))
                    .isEqualTo(URI.create(server.address() + "/lab/zone/s/x/?ticket=1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org",
                "example.org",
                "http:///path",
                "https://user:pw@example.org",
                "https://example.org?x=1",
                "https://example.org#x",
                "mailto:a@example.org",
                "",
            })
    void refusesAddressesOfNoDatazone(String address) {
        assertThat(problem(() -> new DatazoneClient(URI.create(address), Optional::empty))
                        .fields())
                .extracting(FieldError::field)
                .containsExactly("address");
    }

    private static String answer(RawServer.Request request) {
        String path = request.target().replaceAll("\\?.*", "");
        return switch (path) {
            case ApiPaths.DATAZONE -> INFO;
            case ApiPaths.SESSIONS -> request.method().equals("POST") ? SESSION : "[" + SESSION + "]";
            case ApiPaths.SESSIONS + "/abcdefghijklmnop" -> SESSION;
            case ApiPaths.SESSIONS + "/abcdefghijklmnop/log" ->
                "{\"lines\":[{\"at\":\"2026-11-20T10:00:00Z\",\"source\":\"start\",\"text\":\"x\"}],\"next\":13}";
            case ApiPaths.CATALOGUE + "/search" -> "{\"total\":0,\"hits\":[],\"facets\":{\"KIND\":[]}}";
            default -> "[]";
        };
    }

    private static String entry(String id) {
        return "{\"datalab\":{\"id\":\"" + id
                + "\",\"name\":\"N\",\"kind\":\"web\",\"summary\":\"\",\"description\":\"\","
                + "\"maintainer\":{\"name\":\"\"},\"licence\":\"\",\"icon\":{\"path\":\"\",\"tint\":\"TEAL\"},\"domains\":[],"
                + "\"missions\":[],\"instruments\":[],\"themes\":[],\"keywords\":[],\"links\":[],"
                + "\"versions\":[{\"name\":\"1\",\"released\":\"2026-01-31\",\"port\":1,\"basePath\":\"\",\"readyPath\":\"\","
                + "\"notes\":\"\",\"deprecated\":false}],\"presets\":[{\"id\":\"s\",\"name\":\"\",\"resources\":{\"cpuMillis\":1,"
                + "\"memoryBytes\":1,\"gpus\":0},\"note\":\"\"}],\"recommendedPreset\":\"s\",\"limits\":{\"least\":{\"cpuMillis\":1,"
                + "\"memoryBytes\":1,\"gpus\":0},\"most\":{\"cpuMillis\":1,\"memoryBytes\":1,\"gpus\":0}},\"volumes\":[],"
                + "\"options\":[]},\"availability\":{\"available\":true,\"reason\":\"\",\"remedy\":\"\"},\"stars\":2,"
                + "\"runs\":1,\"starred\":false,\"bookmarked\":false}";
    }

    private static DatazoneClient client(RawServer server) {
        return new DatazoneClient(server.address(), () -> Optional.of("the-token"));
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
