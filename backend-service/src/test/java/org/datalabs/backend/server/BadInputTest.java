package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.datalabs.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get that send something wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String SESSIONS = "/api/v1/sessions";

    private final ObjectMapper json = new ObjectMapper();
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"datalab\":\"probe-lab\",\"colour\":\"red\"}; colour",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":1,\"memoryBytes\":1,\"gpus\":0,\"x\":1}}; resources.x",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":99999999999,\"memoryBytes\":1,\"gpus\":0}}; resources.cpuMillis",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":\"1\",\"memoryBytes\":1,\"gpus\":0}}; resources.cpuMillis",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":1000.5,\"memoryBytes\":1,\"gpus\":0}}; resources.cpuMillis",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":-1,\"memoryBytes\":1,\"gpus\":0}}; resources",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":4000000,\"memoryBytes\":1073741824,\"gpus\":0}}; resources.cpuMillis",
                "{\"datalab\":\"probe-lab\",\"lifetimeMinutes\":1e99}; lifetimeMinutes",
                "{\"datalab\":\"probe-lab\",\"lifetimeMinutes\":0}; lifetimeMinutes",
                "{\"datalab\":\"probe-lab\",\"lifetimeMinutes\":-1}; lifetimeMinutes",
                "{\"datalab\":\"probe-lab\",\"lifetimeMinutes\":\"NaN\"}; lifetimeMinutes",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":1000,\"memoryBytes\":9223372036854775808,\"gpus\":0}}; resources.memoryBytes",
                "{\"datalab\":\"probe-lab\",\"resources\":{\"cpuMillis\":1000,\"memoryBytes\":9223372036854775807,\"gpus\":0}}; resources.memoryBytes",
                "{\"datalab\":\"probe-lab\",\"options\":{\"none\":\"1\"}}; options.none",
                "{\"datalab\":\"probe-lab\",\"mounts\":[null]}; mounts[0]",
                "{\"datalab\":\"probe-lab\",\"mounts\":[{\"volume\":\"x\",\"path\":\"/data/x\",\"readOnly\":1}]}; mounts[0].readOnly",
                "{\"datalab\":\"probe-lab\",\"mounts\":[{\"volume\":\"x\",\"readOnly\":true}]}; mounts[0].path",
                "{\"datalab\":\"probe-lab\",\"mounts\":[{\"volume\":\"../x\",\"path\":\"/x\",\"readOnly\":true}]}; mounts[0].volume",
                "{\"datalab\":\"probe-lab\",\"mounts\":[{\"volume\":\"x\",\"path\":\"/data/../etc\",\"readOnly\":true}]}; mounts[0].volume",
                "{\"datalab\":\"../../etc\"}; datalab",
                "{\"datalab\":[]}; datalab",
                "{\"name\":\"x\"}; datalab"
            })
    void namesTheFieldOfARefusedValue(String body, String field) throws Exception {
        HttpResponse<String> answer = post(SESSIONS, body, "application/json");
        assertProblem(answer, ProblemCode.INVALID_FIELD);
        assertThat(json.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{",
                "[]",
                "null",
                "'\"\"'",
                "{} {}",
                "{\"datalab\":\"a\",}",
                "{\"datalab\":\"a\",\"datalab\":\"b\"}",
                "{\"datalab\":\"a\",\"lifetimeMinutes\":NaN}"
            })
    void refusesWhatIsNoRequest(String body) throws Exception {
        assertProblem(post(SESSIONS, body, "application/json"), ProblemCode.BAD_REQUEST);
    }

    @Test
    void saysThatANumberIsTooLarge() throws Exception {
        String body = "{\"datalab\":\"probe-lab\",\"lifetimeMinutes\":1e400}";
        HttpResponse<String> answer = post(SESSIONS, body, "application/json");
        assertProblem(answer, ProblemCode.INVALID_FIELD);
        assertThat(json.readTree(answer.body()).get("detail").asText()).contains("lifetimeMinutes", "too large");
    }

    @Test
    void refusesLongNamesAndDeepNesting() throws Exception {
        String name = "{\"datalab\":\"probe-lab\",\"name\":\"" + "x".repeat(10_000) + "\"}";
        HttpResponse<String> answer = post(SESSIONS, name, "application/json");
        assertProblem(answer, ProblemCode.INVALID_FIELD);
        assertThat(answer.body()).contains("80 characters").hasSizeLessThan(1000);
        assertProblem(post(SESSIONS, "[".repeat(20_000), "application/json"), ProblemCode.BAD_REQUEST);
        answer = post(SESSIONS, "{\"a\":".repeat(10_000), "application/json");
        assertProblem(answer, ProblemCode.BAD_REQUEST);
        assertThat(answer.body()).contains("too deep");
        String folder = "{\"name\":\"x\",\"readOnly\":true,\"folder\":\"/" + "x".repeat(10_000) + "\"}";
        answer = post("/api/v1/volumes", folder, "application/json");
        assertProblem(answer, ProblemCode.INVALID_FIELD);
        assertThat(answer.body()).contains("1024 characters").hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH,/api/v1/sessions/aaaaaaaaaaaaaaaa,{\"name\":\"x\"}",
        "DELETE,/api/v1/sessions/aaaaaaaaaaaaaaaa,",
        "GET,/api/v1/sessions/aaaaaaaaaaaaaaaa/log,",
        "GET,/api/v1/sessions/aaaaaaaaaaaaaaaa/usage,",
        "PUT,/api/v1/catalogue/none/marks,{\"starred\":true}",
        "POST,/api/v1/sessions,{\"datalab\":\"none\"}",
        "GET,/s/aaaaaaaaaaaaaaaa/,",
        "GET,/s/aaaaaaaaaaaaaaaa/vnc,"
    })
    void tellsThatAnIdIsUnknown(String method, String path, @Nullable String body) throws Exception {
        HttpRequest.Builder request = server.request(path)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        assertProblem(server.send(request), ProblemCode.NOT_FOUND);
    }

    @Test
    void refusesAnEmptyBody() throws Exception {
        assertProblem(
                server.send(server.request(SESSIONS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.noBody())),
                ProblemCode.BAD_REQUEST);
    }

    @Test
    void refusesOtherTypesAndLargeBodies() throws Exception {
        assertProblem(post(SESSIONS, "{}", "text/plain"), ProblemCode.UNSUPPORTED_TYPE);
        assertProblem(post(SESSIONS, " ".repeat(65 * 1024), "application/json"), ProblemCode.TOO_LARGE);
        InputStream unending = new ByteArrayInputStream(new byte[200 * 1024]);
        assertProblem(
                server.send(server.request(SESSIONS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> unending))),
                ProblemCode.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/nothing,NOT_FOUND",
        "GET,/api/v1/sessions/aaaaaaaaaaaaaaaa,NOT_FOUND",
        "GET,/api/v1/sessions/none,NOT_FOUND",
        "GET,/api/v1/sessions/..%2f..%2fetc,NOT_FOUND",
        "GET,/api/v1/catalogue/none,NOT_FOUND",
        "DELETE,/api/v1/volumes/none,NOT_FOUND",
        "POST,/api/v1/sessions/aaaaaaaaaaaaaaaa/tickets,NOT_FOUND",
        "PUT,/api/v1/sessions,METHOD_NOT_ALLOWED",
        "OPTIONS,/api/v1/me,METHOD_NOT_ALLOWED",
        "GET,/api/v1/sessions?ended=perhaps,INVALID_FIELD",
        "GET,/api/v1/sessions?colour=red,INVALID_FIELD",
        "GET,/api/v1/catalogue?limit=0,INVALID_FIELD",
        "GET,/api/v1/catalogue?limit=many,INVALID_FIELD",
        "GET,/api/v1/catalogue?cursor=../x,INVALID_FIELD",
        "GET,/api/v1/catalogue?limit=1&limit=2,INVALID_FIELD"
    })
    void answersWrongAddresses(String method, String path, ProblemCode code) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path).method(method, BodyPublishers.noBody()));
        assertProblem(answer, code);
        if (code == ProblemCode.METHOD_NOT_ALLOWED) {
            assertThat(answer.headers().firstValue("Allow")).isPresent();
        }
    }

    @Test
    void refusesARequestThatStatesItsLengthTwice() throws Exception {
        String answer =
                raw("POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TestServer.TOKEN
                        + "\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\nGET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .doesNotContain("200 OK");
    }

    @Test
    void refusesOtherHosts() throws Exception {
        String answer = raw("GET /health HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json");
        assertThat(raw("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws Exception {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void givesEveryAnswerAnIdAndItsGuards() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/api/v1/nothing"));
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(json.readTree(answer.body()).get("instance").asText()).endsWith(id);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> post(String path, String body, String type) throws Exception {
        HttpRequest.Builder request =
                server.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        return server.send(request);
    }

    private void assertProblem(HttpResponse<String> answer, ProblemCode code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.status());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.get("code").asText()).as(answer.body()).isEqualTo(code.label());
    }

    private String raw(String request) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
