package org.datalabs.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says when the other side is broken, slow, gone, or no datazone at all. */
@Timeout(60)
class DatazoneClientFaultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/html | <html>Sign in | UNREACHABLE | with a web page (status 200)",
                "502 | text/html | <html>Bad gateway | UNREACHABLE | with a web page (status 502)",
                "404 | text/plain | not here | UNREACHABLE | with text/plain (status 404)",
                "302 | text/html | moved | UNREACHABLE | (status 302)",
                "200 | application/json | {\"name\":\"He | INTERNAL | incomplete or cannot be understood",
                "200 | application/json | [] | INTERNAL | incomplete or cannot be understood",
                "200 | application/json | null | INTERNAL | incomplete or cannot be understood",
                "200 | application/json | '' | INTERNAL | incomplete or cannot be understood",
                "200 | application/json | {\"name\":\"Here\"} | INTERNAL | incomplete or cannot be understood",
                "500 | application/json | {\"oops\":1} | UNREACHABLE | not as a datazone does",
                "500 | application/problem+json | {\"type\":\"about:blank\"} | UNREACHABLE | not as a datazone does",
                "500 | application/problem+json | {broken | UNREACHABLE | not as a datazone does",
                "401 | text/plain | who are you | NOT_SIGNED_IN | asks for a sign-in",
            })
    void understandsWhatElseMayAnswer(int status, String type, String body, ProblemCode code, String what) {
        try (RawServer server = RawServer.answering(status, type, body);
                DatazoneClient client = client(server)) {
            Problem problem = problem(client::info);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.what()).contains(what).contains("127.0.0.1:").doesNotContain("<html>");
            assertThat(problem.remedy()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"name\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0000\u0001\u0002",
            })
    void survivesBrokenAnswers(String answer) {
        try (RawServer server = new RawServer((number, request, out) -> RawServer.raw(out, answer));
                DatazoneClient client = client(server)) {
            assertThat(problem(client::info).code()).isEqualTo(ProblemCode.UNREACHABLE);
            assertThat(server.requests()).hasSizeBetween(1, 6);
        }
    }

    @Test
    void stopsReadingAnAnswerWithoutEnd() {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
                    try {
                        flood(out);
                    } finally {
                        gone.countDown();
                    }
                });
                DatazoneClient client = client(server)) {
            assertThat(problem(client::info).what()).contains("far too long");
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).hasSize(1);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void refusesAnAnswerThatAnnouncesTooMuch() {
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n[");
                    flood(out);
                });
                DatazoneClient client = client(server)) {
            assertThat(problem(client::info).what()).contains("far too long");
        }
    }

    @Test
    void saysWhyNothingAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (DatazoneClient client = new DatazoneClient(URI.create("http://127.0.0.1:" + port), Optional::empty)) {
            Problem problem = problem(client::info);
            assertThat(problem.code()).isEqualTo(ProblemCode.UNREACHABLE);
            assertThat(problem.what())
                    .isEqualTo("127.0.0.1:" + port + " cannot be reached: the connection was refused.");
        }
        try (DatazoneClient client = new DatazoneClient(URI.create("http://no-such-host.invalid"), Optional::empty)) {
            assertThat(problem(client::info).what()).contains("no-such-host.invalid is not known");
        }
    }

    @Test
    void givesUpAnAnswerThatStallsHalfway() {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    RawServer.raw(
                            out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
                    never.await();
                });
                Transport transport = new Transport(server.address(), Optional::empty)) {
            Call call = Call.get("/x").within(Duration.ofMillis(300));
            assertThat(problem(() -> transport.send(call)).what()).contains("did not answer in time");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void endsCallsWhenClosed() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    arrived.countDown();
                    never.await();
                });
                DatazoneClient client = client(server)) {
            CompletableFuture<Problem> call = CompletableFuture.supplyAsync(() -> problem(client::info));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            client.close();
            assertThat(call.get(5, TimeUnit.SECONDS).what()).contains("was cancelled");
            assertThat(problem(client::info).what()).contains("was cancelled");
        }
    }

    @Test
    void endsACallWhenItsThreadIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((number, request, out) -> {
                    arrived.countDown();
                    never.await();
                });
                DatazoneClient client = client(server)) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                problem(client::info);
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            thread.start();
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void flood(OutputStream out) throws Exception {
        String piece = " ".repeat(1 << 16);
        while (true) {
            RawServer.raw(out, piece);
        }
    }

    private static DatazoneClient client(RawServer server) {
        return new DatazoneClient(server.address(), () -> Optional.of("the-token"));
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }
}
