package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in chunks, written byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChunksTest {
    private static final String GOOD = "Host: 127.0.0.1\nAuthorization: " + BEARER + "\n";

    private Plane plane;

    @BeforeAll
    void start() {
        plane = new Plane();
        plane.web(plane.serve(
                request -> request.bodyHandler(body -> request.response().end("body=" + body))));
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    private String once(String request) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send(request).rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\n",
                "-1\n",
                "5;a=b\nhello\n0\n\n",
                "5\nhello0\n\n",
                "5\nhello\nzz\n",
            })
    void refusesChunksThatCannotBeReadAndCloses(String chunks) throws Exception {
        for (String path : List.of(BASE, "/api/v1/sessions", "/s/aaaaaaaaaaaaaaaa/")) {
            String answer = once("POST " + path + " HTTP/1.1\n" + GOOD + "Transfer-Encoding: chunked\n\n" + chunks);
            assertThat(answer).doesNotContain(" 200 ");
            // One that is refused for another reason may have been answered before its body came.
            assertThat(answer.split("HTTP/1.1 40[0-4] ", -1)).as(path).hasSize(2);
        }
        String answer = once("POST " + BASE + " HTTP/1.1\n" + GOOD + "Transfer-Encoding: chunked\n\n" + chunks);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("urn:datalabs:problem:BAD_REQUEST");
    }

    @Test
    void readsPastChunkExtensions() throws Exception {
        String answer = once("POST " + BASE + " HTTP/1.1\n" + GOOD
                + "Connection: close\nTransfer-Encoding: chunked\n\n5;a=\"b c\"\nhello\n0\n\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("body=hello");
    }

    @Test
    void answersWhatCameBeforeChunksThatCannotBeRead() throws Exception {
        String good = "POST " + BASE + "1 HTTP/1.1\n" + GOOD + "Content-Length: 5\n\nhello";
        try (Wire wire = new Wire(plane.port)) {
            assertThat(wire.send(good).head()).startsWith("HTTP/1.1 200 ");
            wire.send("POST " + BASE + "2 HTTP/1.1\n" + GOOD + "Transfer-Encoding: chunked\n\nzz\n");
            assertThat(wire.rest()).contains("HTTP/1.1 400 ");
        }
    }
}
