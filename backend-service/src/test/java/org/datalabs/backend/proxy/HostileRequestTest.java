package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.datalabs.core.catalogue.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests written byte by byte, to be read differently by two servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestTest {
    private static final String GOOD = "Host: 127.0.0.1\nAuthorization: " + BEARER + "\n";

    private final List<String> reached = new CopyOnWriteArrayList<>();
    private Plane plane;

    @BeforeAll
    void start() {
        plane = new Plane();
        plane.web(plane.serve(request -> {
            reached.add(request.method() + " " + request.uri());
            request.bodyHandler(body -> request.response().end(request.headers().entries() + " body=" + body));
        }));
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @BeforeEach
    void forget() {
        reached.clear();
    }

    private String once(String request) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send(request).rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\nTransfer-Encoding: chunked\n",
                "Transfer-Encoding: chunked\nContent-Length: 4\n",
                "Content-Length: 4\nContent-Length: 5\n",
                "Content-Length: 4, 5\n",
                "Content-Length: +4\n",
                "Content-Length: -4\n",
                "Content-Length: 0x4\n",
                "Content-Length: 4 4\n",
                "Transfer-Encoding: gzip, chunked\n",
                "Transfer-Encoding: chunked, identity\n",
                "Transfer-Encoding: xchunked\n",
                "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n",
                "Transfer-Encoding: \u000bchunked\n",
                "Transfer-Encoding : chunked\n",
                "Transfer\u0000-Encoding: chunked\n",
                "Bad Name: x\n",
                "Host: other\n"
            })
    void refusesAmbiguousFramingAndCloses(String headers) throws Exception {
        String answer = once("POST " + BASE + " HTTP/1.1\n" + GOOD + headers + "\n0\n\nGET " + BASE
                + "smuggled HTTP/1.1\n" + GOOD + "\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer.split("HTTP/1.1 [0-9]", -1)).hasSize(2);
        assertThat(reached).isEmpty();
    }

    @Test
    void refusesChunkedFromHttp10() throws Exception {
        assertThat(once("POST " + BASE + " HTTP/1.0\n" + GOOD + "Transfer-Encoding: chunked\n\n0\n\n"))
                .contains(" 400 ");
    }

    @Test
    void refusesMissingHost() throws Exception {
        assertThat(once("GET " + BASE + " HTTP/1.1\nConnection: close\nAuthorization: " + BEARER + "\n\n"))
                .contains(" 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/s/abcdefghijklmnop/../bcdefghijklmnopq/",
                "/s/../api/v1/sessions",
                "/s/abcdefghijklmnop/%2e%2e/",
                "/s/abcdefghijklmnop/a%2fb",
                "/s/abcdefghijklmnop/a\\b",
                "/s/abcdefghijklmnop/%00"
            })
    void refusesPathTricksBeforeAnythingElse(String path) throws Exception {
        String answer = once("GET " + path + " HTTP/1.1\n" + GOOD + "\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(reached).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../s/abcdefghijklmnop/",
                "//s/abcdefghijklmnop/",
                "/%73/abcdefghijklmnop/",
                "/./s/abcdefghijklmnop/",
                "http://127.0.0.1/s/abcdefghijklmnop/",
                "/S/abcdefghijklmnop/"
            })
    void otherSpellingsAreNotTheDataPlane(String path) throws Exception {
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + path + " HTTP/1.1\n" + GOOD + "Connection: close\n\n")
                    .rest();
        }
        assertThat(reached).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%252e%252e/x", "%252e%252e%252fx", "a%255cb"})
    void whatIsEncodedTwiceStaysSoAndStaysInTheSession(String rest) throws Exception {
        once("GET " + BASE + rest + " HTTP/1.1\n" + GOOD + "Connection: close\n\n");
        assertThat(reached).containsExactly("GET " + BASE + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-A: a\n Transfer-Encoding: chunked\n", "X-A: a\n\tContent-Length: 4\n", "Content-Length:\n 4\n"
            })
    void foldedFieldsAreRefusedOrRemainOneField(String headers) throws Exception {
        String answer = once("GET " + BASE + " HTTP/1.1\n" + GOOD + headers + "Connection: close\n\n");
        assertThat(answer)
                .matches(text -> text.startsWith("HTTP/1.1 400 ")
                        || (!text.contains("Transfer-Encoding=") && !text.contains("Content-Length=")));
        assertThat(answer.split("HTTP/1.1 [0-9]", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1\nabc\n0\n\n", "0x3\nabc\n0\n\n", "ffffffffffffffffff\nabc\n"})
    void badChunkSizesEndTheConnection(String body) throws Exception {
        String answer = once("POST " + BASE + " HTTP/1.1\n" + GOOD + "Transfer-Encoding: chunked\n\n" + body + "GET "
                + BASE + "smuggled HTTP/1.1\n" + GOOD + "\n");
        assertThat(answer).doesNotContain(" 200 ");
        assertThat(reached).noneMatch(request -> request.contains("smuggled"));
    }

    @Test
    void refusesHugeHeadersAndTargets() throws Exception {
        assertThat(refusal("GET " + BASE + " HTTP/1.1\n" + GOOD + "X: " + "a".repeat(80_000) + "\n\n"))
                .isIn("HTTP/1.1 413", "reset");
        assertThat(refusal("GET " + BASE + "a".repeat(40_000) + " HTTP/1.1\n" + GOOD + "\n"))
                .isIn("HTTP/1.0 413", "HTTP/1.1 413", "reset");
        assertThat(reached).isEmpty();
    }

    /** The status line, unless the connection was closed over what it had not read yet. */
    private String refusal(String request) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send(request).head().substring(0, "HTTP/1.1 400".length());
        } catch (SocketException reset) {
            return "reset";
        }
    }

    @Test
    void dropsHopByHopHeadersAndThoseThatConnectionNames() throws Exception {
        String answer = once(
                "GET " + BASE + " HTTP/1.1\n" + GOOD
                        + "Connection: close, X-Secret, Host, Cookie\nX-Secret: 1\nKeep-Alive: 1\nTE: trailers\nTrailer: x\n"
                        + "Proxy-Authorization: x\nProxy-Connection: x\nUpgrade: h2c\nHTTP2-Settings: x\nCookie: a=1\nX-Kept: 1\n\n");
        assertThat(answer)
                .contains("X-Kept=1")
                .contains("Host=127.0.0.1")
                .contains("a=1")
                .doesNotContainIgnoringCase("X-Secret")
                .doesNotContainIgnoringCase("Keep-Alive=")
                .doesNotContainIgnoringCase("TE=")
                .doesNotContainIgnoringCase("Trailer")
                .doesNotContainIgnoringCase("Proxy-")
                .doesNotContainIgnoringCase("Upgrade")
                .doesNotContainIgnoringCase("http2");
    }

    @Test
    void connectionCannotDropTheBodysLength() throws Exception {
        String answer = once("POST " + BASE + " HTTP/1.1\n" + GOOD
                + "Connection: close, Content-Length\nContent-Length: 5\n\nhello");
        assertThat(answer).contains("body=hello");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String one = "GET " + BASE + "1 HTTP/1.1\n" + GOOD + "\n";
        String post = "POST " + BASE + "2 HTTP/1.1\n" + GOOD + "Content-Length: 5\n\nhello";
        String last = "GET " + BASE + "3 HTTP/1.1\n" + GOOD + "Connection: close\n\n";
        String answer = once(one + post + last);
        assertThat(answer.split("HTTP/1.1 200", -1)).hasSize(4);
        assertThat(reached).containsExactly("GET " + BASE + "1", "POST " + BASE + "2", "GET " + BASE + "3");
    }

    @Test
    void servesHttp10WithoutChunks() throws Exception {
        plane.put(Plane.SESSION, Kind.WEB, "{base}", null, plane.serve(request -> {
            request.response().setChunked(true).write("one");
            request.response().end("two");
        }));
        try {
            String answer = once("GET " + BASE + " HTTP/1.0\n" + GOOD + "\n");
            assertThat(answer).doesNotContainIgnoringCase("chunked").endsWith("\r\n\r\nonetwo");
        } finally {
            stop();
            start();
        }
    }
}
