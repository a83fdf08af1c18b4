package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The published description against the API as it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    /** As the javadoc of {@code ApiPaths} lists them. */
    private static final Set<String> ROUTES = Set.of(
            "get /api/v1/datazone",
            "get /api/v1/me",
            "get /api/v1/catalogue",
            "get /api/v1/catalogue/search",
            "get /api/v1/catalogue/problems",
            "get /api/v1/catalogue/{datalab}",
            "put /api/v1/catalogue/{datalab}/marks",
            "get /api/v1/volumes",
            "post /api/v1/volumes",
            "delete /api/v1/volumes/{volume}",
            "get /api/v1/sessions",
            "post /api/v1/sessions",
            "get /api/v1/sessions/{session}",
            "patch /api/v1/sessions/{session}",
            "delete /api/v1/sessions/{session}",
            "post /api/v1/sessions/{session}/tickets",
            "get /api/v1/sessions/{session}/log",
            "get /api/v1/sessions/{session}/usage",
            "get /api/v1/events",
            "get /api/v1/openapi.json",
            "get /api/v1/capacity",
            "get /health",
            "get /ready");

    private final ObjectMapper json = new ObjectMapper();
    private TestServer server;
    private Path data;
    private JsonNode document;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = TestServer.start(folder);
        data = Files.createDirectory(folder.resolve("data"));
        document = json.readTree(
                server.send(server.request("/api/v1/openapi.json")).body());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        assertThat(document.get("openapi").asText()).startsWith("3.1.");
        Set<String> described = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        assertThat(described).containsExactlyInAnyOrderElementsOf(ROUTES);
    }

    @Test
    void servesEveryRouteThatItDescribes() throws Exception {
        for (String route : ROUTES) {
            String[] words = route.split(" ", 2);
            if (route.endsWith("/events")) {
                continue; // never ends; tested with the events
            }
            String path = words[1].replaceAll("\\{[a-z]+}", "aaaaaaaaaaaaaaaa");
            HttpResponse<String> answer = server.send(
                    server.request(path).method(words[0].toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(route).isNotEqualTo(405);
            assertThat(answer.body()).as(route).doesNotContain("nothing at this address");
        }
    }

    @Test
    void answersAsDescribed() throws Exception {
        Session session = server.client().launch(LaunchRequest.defaults(new DatalabId("probe-lab")));
        server.await(session.id(), now -> now.state() instanceof SessionState.Ready);
        String one = "/api/v1/sessions/" + session.id();
        check(
                "post",
                "/api/v1/volumes",
                "/api/v1/volumes",
                "{\"name\":\"d\",\"folder\":\"%s\",\"readOnly\":true}".formatted(data));
        check("get", "/api/v1/volumes", "/api/v1/volumes", "");
        check("get", "/api/v1/datazone", "/api/v1/datazone", "");
        check("get", "/api/v1/capacity", "/api/v1/capacity", "");
        check("get", "/api/v1/me", "/api/v1/me", "");
        check("get", "/api/v1/catalogue", "/api/v1/catalogue?limit=500", "");
        check("get", "/api/v1/catalogue/search", "/api/v1/catalogue/search?q=probe&kind=web&sort=NAME", "");
        check("get", "/api/v1/catalogue/problems", "/api/v1/catalogue/problems", "");
        check("get", "/api/v1/catalogue/{datalab}", "/api/v1/catalogue/probe-lab", "");
        check("put", "/api/v1/catalogue/{datalab}/marks", "/api/v1/catalogue/probe-lab/marks", "{\"starred\":true}");
        check("get", "/api/v1/sessions", "/api/v1/sessions", "");
        check("get", "/api/v1/sessions/{session}", one, "");
        check("get", "/api/v1/sessions/{session}/log", one + "/log", "");
        check("get", "/api/v1/sessions/{session}/usage", one + "/usage", "");
        check("post", "/api/v1/sessions/{session}/tickets", one + "/tickets", "");
        check("patch", "/api/v1/sessions/{session}", one, "{\"name\":\"Renamed\"}");
        check("get", "/health", "/health", "");
        check("get", "/ready", "/ready", "");
        server.runtime().end(session.id(), Problem.of(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again."));
        server.await(session.id(), now -> now.state() instanceof SessionState.Failed);
        check("get", "/api/v1/sessions/{session}", one, "");
        check("post", "/api/v1/sessions", "/api/v1/sessions", "{\"datalab\":\"probe-lab\"}");
        check("post", "/api/v1/sessions", "/api/v1/sessions", "{\"datalab\":\"probe-lab\",\"x\":1}");
        check("delete", "/api/v1/sessions/{session}", one, "");
    }

    private void check(String method, String template, String path, String body) throws Exception {
        var request = server.request(path);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = server.send(request.method(
                method.toUpperCase(Locale.ROOT),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        JsonNode responses = document.get("paths").get(template).get(method).get("responses");
        JsonNode response = responses.path(String.valueOf(answer.statusCode()));
        if (response.isMissingNode()) {
            response = responses.get("default");
        }
        if (response.get("content") == null) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElseThrow();
        JsonNode schema = response.get("content").get(type);
        assertThat(schema)
                .as(method + " " + path + " answered " + answer.statusCode() + " " + answer.body())
                .isNotNull();
        ObjectNode whole = json.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", document.get("components"));
        whole.set("allOf", json.createArrayNode().add(schema.get("schema")));
        List<String> faults = new ArrayList<>();
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole)
                .validate(json.readTree(answer.body()))
                .forEach(fault -> faults.add(fault.getMessage()));
        assertThat(faults).as(method + " " + path + " " + answer.body()).isEmpty();
    }
}
