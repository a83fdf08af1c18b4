package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What passes between a client and the web server of a session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Plane plane;

    @BeforeAll
    void start() {
        plane = new Plane();
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port + path))
                .header("Authorization", BEARER);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void passesPathQueryAndBodyOverUnixSocket(@TempDir Path folder) throws Exception {
        plane.web(plane.serve(
                folder.resolve("s"),
                request -> request.bodyHandler(
                        body -> request.response().end(request.method() + " " + request.uri() + " " + body))));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port + BASE + "a%20b/c?x=1&y=%2F"))
                        .header("Authorization", BEARER)
                        .POST(HttpRequest.BodyPublishers.ofString("hello"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("POST " + BASE + "a%20b/c?x=1&y=%2F hello");
    }

    @Test
    void keepsHostAndTellsWhereTheClientCameFrom() throws Exception {
        plane.web(plane.serve(
                request -> request.response().end(request.headers().entries().toString())));
        String seen = get(BASE, "X-Forwarded-For", "6.6.6.6", "Forwarded", "for=6.6.6.6")
                .body();
        assertThat(seen)
                .contains("Host=127.0.0.1:" + plane.port)
                .contains("X-Forwarded-For=127.0.0.1")
                .contains("X-Forwarded-Prefix=/s/abcdefghijklmnop")
                .doesNotContain("6.6.6.6")
                .doesNotContain("token-of-ada");
    }
}
