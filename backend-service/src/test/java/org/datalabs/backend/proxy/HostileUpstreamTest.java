package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose servers answer whatever bytes they please. */
class HostileUpstreamTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private Plane plane;
    private ServerSocket upstream;

    @BeforeEach
    void start() throws IOException {
        plane = new Plane();
        upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        plane.web(new Endpoint.Tcp("127.0.0.1", upstream.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        pool.shutdownNow();
        plane.close();
    }

    /** Answers every request of every connection with the same bytes. */
    private void answerWith(String bytes, boolean thenClose) {
        pool.execute(() -> {
            while (!upstream.isClosed()) {
                try {
                    Socket socket = upstream.accept();
                    pool.execute(() -> serve(socket, bytes.replace("\n", "\r\n"), thenClose));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void serve(Socket socket, String bytes, boolean thenClose) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            int next = in.read();
            while (next >= 0) {
                seen.append((char) next);
                if (seen.toString().endsWith("\r\n\r\n")) {
                    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                    seen.setLength(0);
                    if (thenClose) {
                        return;
                    }
                }
                next = in.read();
            }
        } catch (IOException e) {
            // The proxy went first.
        }
    }

    private String ask(String accept) throws IOException {
        try (Wire wire = new Wire(plane.port)) {
            return wire.send("GET " + BASE + " HTTP/1.1\nHost: 127.0.0.1:1\nAuthorization: " + BEARER + "\nAccept: "
                            + accept + "\nConnection: close\n\n")
                    .rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\n\n",
                "HTTP/1.1 abc\n\n",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nab",
                "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\n",
                "HTTP/1.1 302 Found\nLocation: http://evil.example/\nContent-Length: 0\n\n",
                "HTTP/1.1 302 Found\nLocation: //evil.example/\nContent-Length: 0\n\n",
                "HTTP/1.1 302 Found\nLocation: /api/v1/sessions\nContent-Length: 0\n\n",
                "HTTP/1.1 201 Created\nLocation: /s/bcdefghijklmnopq/\nContent-Length: 0\n\n"
            })
    void unusableAnswersAreBadGateway(String bytes) throws Exception {
        answerWith(bytes, true);
        String answer = ask("application/json");
        assertThat(answer)
                .startsWith("HTTP/1.1 502 ")
                .contains("SESSION_UNREACHABLE")
                .doesNotContain("evil");
    }

    @Test
    void hugeHeadersAreBadGateway() throws Exception {
        answerWith("HTTP/1.1 200 OK\nX: " + "a".repeat(100_000) + "\nContent-Length: 0\n\n", true);
        assertThat(ask("*/*")).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"})
    void endlessHeadersAndTrailersAreCutOff(String beginning) throws Exception {
        CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> pourHeaders(beginning), pool);
        try (Wire wire = new Wire(plane.port)) {
            wire.send(
                    "GET " + BASE + " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: " + BEARER + "\nConnection: close\n\n");
            String answer = wire.rest();
            // Of an answer that had begun the client must not take a part for the whole.
            assertThat(answer.startsWith("HTTP/1.1 502 ") || !answer.endsWith("0\r\n\r\n"))
                    .isTrue();
        }
        assertThat(sent.get(20, TimeUnit.SECONDS)).isLessThan(32L << 20);
    }

    /** Sends header fields until the proxy has enough, and tells how many bytes that took. */
    private long pourHeaders(String beginning) {
        byte[] field = ("X-Header: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        long sent = 0;
        try (Socket socket = upstream.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                socket.getOutputStream().write(field);
                sent += field.length;
            }
        } catch (IOException enough) {
            return sent;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nabc\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n-1\nabc\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffffffffffff\nabc\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabcdef\n0\n\n"
            })
    void badChunksAreNotMadeToLookComplete(String bytes) throws Exception {
        answerWith(bytes, true);
        String answer = ask("*/*");
        assertThat(answer.startsWith("HTTP/1.1 502 ") || !answer.endsWith("0\r\n\r\n"))
                .as(answer)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-A: a\rSet-Cookie: dl-session-abcdefghijklmnop=evil",
                "X-A: a\u0000Set-Cookie: evil=1",
                "X-A: a\n Set-Cookie: evil=1",
                "X-A: a\n\tSet-Cookie: evil=1",
                "X-A: %0d%0aSet-Cookie: evil=1",
                "X-A\rSet-Cookie: evil=1",
                "Location: /s/abcdefghijklmnop/%0d%0aSet-Cookie:%20evil=1"
            })
    void fieldsCannotSplitAnAnswer(String field) throws Exception {
        answerRaw("HTTP/1.1 200 OK\r\n" + field.replace("\n", "\r\n") + "\r\nContent-Length: 2\r\n\r\nok");
        String head = ask("*/*").split("\r\n\r\n", 2)[0];
        assertThat(head.split("\r\n")).noneMatch(line -> line.startsWith("Set-Cookie"));
        assertThat(head.replace("\r\n", ""))
                .doesNotContain("\r")
                .doesNotContain("\n")
                .doesNotContain("\0");
    }

    private void answerRaw(String bytes) {
        pool.execute(() -> {
            try {
                Socket socket = upstream.accept();
                socket.getInputStream().read();
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The proxy went first.
            }
        });
    }

    @Test
    void truncatedBodiesAreNotMadeToLookComplete() throws Exception {
        answerWith("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc", true);
        assertThat(ask("*/*")).endsWith("abc").contains("Content-Length: 10");
    }

    @Test
    void truncatedChunksAreNotMadeToLookComplete() throws Exception {
        answerWith("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n5\nde", true);
        assertThat(ask("*/*")).contains("abc").doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void lengthGivenTwiceIsFramedAnew() throws Exception {
        answerWith("HTTP/1.1 200 OK\nContent-Length: 3\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n", false);
        assertThat(ask("*/*")).doesNotContainIgnoringCase("content-length").endsWith("3\r\nabc\r\n0\r\n\r\n");
    }

    @Test
    void answersWithoutLengthEndWithTheirConnection() throws Exception {
        answerWith("HTTP/1.0 200 OK\nContent-Type: text/plain\n\nall of it", true);
        assertThat(ask("*/*")).endsWith("9\r\nall of it\r\n0\r\n\r\n");
    }

    @Test
    void surplusBytesReachNobody() throws Exception {
        answerWith("HTTP/1.1 200 OK\nContent-Length: 2\n\nokHTTP/1.1 200 OK\nContent-Length: 4\n\nevil", false);
        try (Wire wire = new Wire(plane.port)) {
            String request = "GET " + BASE + " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: " + BEARER + "\n";
            assertThat(wire.send(request + "\n").readTo("ok")).contains(" 200 ");
            assertThat(wire.send(request + "Connection: close\n\n").rest())
                    .endsWith("ok")
                    .doesNotContain("evil");
        }
    }

    @Test
    void interimAnswersDoNotEndTheExchange() throws Exception {
        answerWith("HTTP/1.1 103 Early Hints\nLink: </x>\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok", false);
        assertThat(ask("*/*")).startsWith("HTTP/1.1 200 OK").endsWith("ok");
    }

    @Test
    void headersThatActOnTheWholeOriginEndHere() throws Exception {
        answerWith("""
                HTTP/1.1 200 OK
                Content-Length: 0
                Service-Worker-Allowed: /
                Clear-Site-Data: "*"
                Strict-Transport-Security: max-age=1
                Alt-Svc: h2=":1"
                Connection: X-Hop
                X-Hop: 1
                Set-Cookie: dl-session-abcdefghijklmnop=evil; Path=/s/abcdefghijklmnop/
                Set-Cookie: mine=1; Path=/
                Keep-Alive: timeout=5
                Access-Control-Allow-Origin: *

                """, false);
        assertThat(ask("*/*"))
                .contains("set-cookie: mine=1; Path=" + BASE)
                .contains("Access-Control-Allow-Origin: *")
                .doesNotContainIgnoringCase("service-worker")
                .doesNotContainIgnoringCase("clear-site")
                .doesNotContainIgnoringCase("strict-transport")
                .doesNotContainIgnoringCase("alt-svc")
                .doesNotContainIgnoringCase("x-hop")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContain("evil");
    }

    @Test
    void keptConnectionThatDiedIsTriedAnew() throws Exception {
        answerWith("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", true);
        for (int i = 0; i < 20; i++) {
            assertThat(ask("*/*")).startsWith("HTTP/1.1 200 OK").endsWith("ok");
        }
    }

    @Test
    void errorsAreReadablePagesForBrowsers() throws Exception {
        answerWith("", true);
        assertThat(ask("text/html")).contains("text/html").contains("<h1>The datalab does not answer</h1>");
    }
}
