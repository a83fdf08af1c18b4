package org.datalabs.desktop.session.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.datalabs.desktop.session.link.Entry;
import org.datalabs.desktop.session.link.SessionAccess;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.session.real.Environments;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class SessionGatewayTest implements GatewayListener {
    private static final String DOCUMENT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final long LARGE = 100L << 20;

    @TempDir
    Path folder;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final BlockingQueue<Download> offered = new LinkedBlockingQueue<>();
    private SmallDatazone datazone;
    private SessionEnvironment environment;
    private SessionGateway gateway;
    private String cookie;

    @Override
    public void offered(Download download) {
        offered.add(download);
    }

    @Override
    public void reached() {
        // Counted elsewhere.
    }

    @Override
    public void unreachable(Throwable cause) {
        // Counted elsewhere.
    }

    @BeforeEach
    void open() throws Exception {
        datazone = new SmallDatazone(null);
        environment = Environments.create();
        gateway = SessionGateway.start(
                new SessionAccess(datazone, environment.http()),
                environment,
                "shim".getBytes(StandardCharsets.UTF_8),
                this);
        HttpResponse<String> visit =
                browser.send(HttpRequest.newBuilder(gateway.visit()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(visit.statusCode()).isEqualTo(303);
        assertThat(visit.headers().firstValue("location")).contains(gateway.root());
        cookie = visit.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        datazone.close();
        Environments.close(environment);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.origin() + gateway.root() + path))
                .header("Cookie", cookie);
    }

    private HttpResponse<String> document(String path) throws IOException, InterruptedException {
        return browser.send(request(path).header("Accept", DOCUMENT).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void html(byte[] body, Map<String, String> more) {
        datazone.respond((request, out) -> {
            Map<String, String> headers = new LinkedHashMap<>(more);
            headers.put("Content-Type", "text/html; charset=utf-8");
            headers.put("Content-Length", "" + body.length);
            SmallDatazone.head(out, "200 OK", headers);
            out.write(body);
        });
    }

    private String served(String html) throws IOException, InterruptedException {
        html(html.getBytes(StandardCharsets.UTF_8), Map.of());
        return document("")
                .body()
                .replaceAll("<script nonce=\"[^\"]+\" src=\"[^\"]+__datalabs/shim.js\"></script>", "#");
    }

    @Test
    void turnsAwayWhoHasNoCookie() throws Exception {
        for (String path : List.of("", "__datalabs/shim.js", "?__datalabs_visit=guess")) {
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(URI.create(gateway.origin() + gateway.root() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
        }
        assertThat(datazone.seen()).isEmpty();
    }

    @Test
    void letsAVisitInOnce() throws Exception {
        URI visit = gateway.visit();
        HttpRequest request = HttpRequest.newBuilder(visit).build();
        assertThat(browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(303);
        assertThat(browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void turnsAwayOtherOriginsAndOtherNames() throws Exception {
        HttpRequest foreign = request("").header("Origin", "http://127.0.0.1:1").build();
        assertThat(browser.send(foreign, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
        URI own = URI.create(gateway.origin());
        try (Socket socket = new Socket(own.getHost(), own.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + gateway.root() + " HTTP/1.1\r\nHost: evil.example:" + own.getPort()
                                    + "\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void servesNothingOutsideItsSession() throws Exception {
        HttpRequest other = HttpRequest.newBuilder(URI.create(gateway.origin() + "/s/other/"))
                .header("Cookie", cookie)
                .build();
        assertThat(browser.send(other, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void followsASessionToAnOriginOfItsOwn() throws Exception {
        try (SmallDatazone own = SmallDatazone.atOwnOrigin();
                SessionGateway there = SessionGateway.start(
                        new SessionAccess(own, environment.http()),
                        environment,
                        "shim".getBytes(StandardCharsets.UTF_8),
                        this)) {
            own.respond((request, out) -> SmallDatazone.text(out, "200 OK", request.target()));
            HttpResponse<String> visit =
                    browser.send(HttpRequest.newBuilder(there.visit()).build(), HttpResponse.BodyHandlers.ofString());
            String let = visit.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
            String begin = visit.headers().firstValue("location").orElseThrow();
            assertThat(at(there, begin, let).headers().firstValue("location")).contains("/");
            assertThat(at(there, "/", let).body()).isEqualTo("/");
            assertThat(at(there, "/lab/tree?x=1", let).body()).isEqualTo("/lab/tree?x=1");
            assertThat(at(there, begin + GatewayHandler.OWN + "shim.js", let).body())
                    .isEqualTo("shim");
            Entry entry = new SessionAccess(own, environment.http())
                    .enter()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            String page = "ws" + there.origin().substring("http".length());
            assertThat(there.handshake(URI.create(page + "/api/kernels"), List.of(), entry)
                            .address())
                    .isEqualTo(URI.create("ws" + own.origin().substring("http".length()) + "/api/kernels"));
        }
    }

    private HttpResponse<String> at(SessionGateway there, String path, String let)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create(there.origin() + path))
                        .header("Cookie", let)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void putsOneScriptFirstInTheHead() throws Exception {
        assertThat(served("<!DOCTYPE html><html><head><title>x</title></head></html>"))
                .isEqualTo("<!DOCTYPE html><html><head>#<title>x</title></head></html>");
        assertThat(
                        served(
                                "<!DocType HTML>\n<!-- <head> -->\n<HTML lang=\"a>b\">\n<HEAD\nprofile='>'>\n<script>1</script>"))
                .isEqualTo(
                        "<!DocType HTML>\n<!-- <head> -->\n<HTML lang=\"a>b\">\n<HEAD\nprofile='>'>#\n<script>1</script>");
        assertThat(served("<!doctype html><title>no head</title>")).isEqualTo("<!doctype html>#<title>no head</title>");
        assertThat(served("<header>no head</header>")).isEqualTo("#<header>no head</header>");
        assertThat(served("just text")).isEqualTo("#just text");
        assertThat(served("")).isEqualTo("#");
    }

    @Test
    void findsTheHeadWhereverPiecesEnd() throws Exception {
        String html = "<!DOCTYPE html><!-- a --><html data-x='>'><head ><script>1</script></head></html>";
        byte[] bytes = html.getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= bytes.length; cut++) {
            InputStream pieces = new SequenceInputStream(
                    new ByteArrayInputStream(bytes, 0, cut), new ByteArrayInputStream(bytes, cut, bytes.length - cut));
            String result =
                    new String(new HeadInsertion(pieces, new byte[] {'#'}).readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(result).isEqualTo(html.replace("<head >", "<head >#"));
        }
    }

    @Test
    void unpacksADocumentToInsertIntoIt() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("<html><head></head></html>".getBytes(StandardCharsets.US_ASCII));
        }
        html(packed.toByteArray(), Map.of("Content-Encoding", "gzip"));
        HttpResponse<String> answer = document("");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).startsWith("<html><head><script nonce=").contains("</script></head></html>");
        assertThat(datazone.seen().get(datazone.seen().size() - 1).header("accept-encoding"))
                .isEqualTo("identity");
    }

    @Test
    void leavesAloneWhatScriptsAskFor() throws Exception {
        html("<html><head></head></html>".getBytes(StandardCharsets.US_ASCII), Map.of());
        HttpResponse<String> answer =
                browser.send(request("part").header("Accept", "*/*").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("<html><head></head></html>");
    }

    @Test
    void opensContentPoliciesForItsScriptOnly() {
        assertThat(ContentPolicy.admitting("script-src 'none'; object-src 'none'", "http://a/s.js", "n"))
                .isEqualTo("script-src http://a/s.js; object-src 'none'");
        assertThat(ContentPolicy.admitting("default-src 'self'; connect-src 'none'", "http://a/s.js", "n"))
                .isEqualTo("default-src 'self'; connect-src 'self'; script-src 'self' http://a/s.js");
        assertThat(ContentPolicy.admitting("script-src 'nonce-x' 'strict-dynamic'", "http://a/s.js", "n"))
                .isEqualTo("script-src 'nonce-x' 'strict-dynamic' 'nonce-n'");
        assertThat(ContentPolicy.admitting(
                        "Script-Src 'unsafe-inline'; upgrade-insecure-requests", "http://a/s.js", "n"))
                .isEqualTo("script-src 'unsafe-inline' http://a/s.js");
        assertThat(ContentPolicy.admitting("frame-ancestors 'self'", "http://a/s.js", "n"))
                .isEqualTo("frame-ancestors 'self'");
    }

    @Test
    void showsTheSessionItsOwnOriginAndCookies() throws Exception {
        datazone.respond((request, out) -> SmallDatazone.text(out, "200 OK", "ok"));
        browser.send(
                request("a?b=%20c")
                        .header("Origin", gateway.origin())
                        .header("Referer", gateway.origin() + gateway.root() + "x")
                        .header("Cookie", "_xsrf=1")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        SmallDatazone.Request seen = datazone.seen().get(datazone.seen().size() - 1);
        assertThat(seen.target()).isEqualTo(gateway.root() + "a?b=%20c");
        assertThat(seen.header("origin")).isEqualTo(datazone.origin());
        assertThat(seen.header("referer")).isEqualTo(datazone.origin() + gateway.root() + "x");
        assertThat(seen.header("host")).isEqualTo(URI.create(datazone.origin()).getAuthority());
        assertThat(seen.header("cookie")).contains("_xsrf=1", "datalabs=").doesNotContain("gateway");
    }

    @Test
    void bringsRedirectsAndCookiesHome() throws Exception {
        datazone.respond((request, out) -> SmallDatazone.head(
                out,
                "302 Found",
                Map.of(
                        "Location", datazone.origin() + datazone.root() + "lab?x=1",
                        "Content-Length", "0",
                        "Set-Cookie", "_xsrf=2; Domain=127.0.0.1; Path=/; Secure; SameSite=None")));
        HttpResponse<String> answer = document("");
        assertThat(answer.headers().firstValue("location")).contains(gateway.root() + "lab?x=1");
        assertThat(answer.headers().firstValue("set-cookie")).contains("_xsrf=2; Path=" + gateway.root());
    }

    @Test
    void passesEventsOnWhenTheyHappen() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        datazone.respond((request, out) -> {
            SmallDatazone.head(out, "200 OK", Map.of("Content-Type", "text/event-stream"));
            out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try {
                assertThat(firstRead.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.write("data: 2\n\n".getBytes(StandardCharsets.US_ASCII));
        });
        HttpResponse<InputStream> answer = browser.send(
                request("events").header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(new String(answer.body().readNBytes(9), StandardCharsets.US_ASCII))
                .isEqualTo("data: 1\n\n");
        firstRead.countDown();
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("data: 2\n\n");
    }

    @Test
    void passesRangesOn() throws Exception {
        datazone.respond((request, out) -> {
            assertThat(request.header("range")).isEqualTo("bytes=2-3");
            SmallDatazone.head(
                    out, "206 Partial Content", Map.of("Content-Range", "bytes 2-3/9", "Content-Length", "2"));
            out.write(new byte[] {7, 8});
        });
        HttpResponse<byte[]> answer = browser.send(
                request("file").header("Range", "bytes=2-3").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).containsExactly(7, 8);
    }

    @Test
    void streamsALargeDownloadToItsFile() throws Exception {
        datazone.respond((request, out) -> {
            SmallDatazone.head(
                    out,
                    "200 OK",
                    Map.of(
                            "Content-Type", "application/octet-stream",
                            "Content-Disposition", "attachment; filename*=UTF-8''..%2FNGC%201365%20%CE%B1.fits",
                            "Content-Length", "" + LARGE));
            pour(out);
        });
        assertThat(document("files/x").statusCode()).isEqualTo(204);
        Download download = Objects.requireNonNull(offered.poll(10, TimeUnit.SECONDS));
        assertThat(download.fileName()).isEqualTo("NGC 1365 α.fits");
        assertThat(download.length()).hasValue(LARGE);
        System.gc();
        long before = used();
        long[] most = new long[1];
        Path file = folder.resolve(download.fileName());
        download.saveTo(file, bytes -> {
                    if (bytes % (10 << 20) < 1 << 16) {
                        System.gc();
                        most[0] = Math.max(most[0], used() - before);
                    }
                })
                .get(60, TimeUnit.SECONDS);
        assertThat(file).hasSize(LARGE);
        assertThat(most[0]).isLessThan(16L << 20);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private static void pour(OutputStream out) throws IOException {
        byte[] piece = new byte[1 << 16];
        for (long done = 0; done < LARGE; done += piece.length) {
            out.write(piece);
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void removesThePartOfADownloadThatBreaks() throws Exception {
        datazone.respond((request, out) -> {
            SmallDatazone.head(out, "200 OK", Map.of("Content-Type", "application/zip", "Content-Length", "1000"));
            out.write(new byte[10]);
        });
        document("data.zip");
        Download download = Objects.requireNonNull(offered.poll(10, TimeUnit.SECONDS));
        CompletableFuture<Path> saved = download.saveTo(folder.resolve("data.zip"), bytes -> {});
        assertThatThrownBy(() -> saved.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void streamsALargeUpload() throws Exception {
        CompletableFuture<Long> received = new CompletableFuture<>();
        datazone.respond((request, out) -> {
            received.complete(request.body().transferTo(OutputStream.nullOutputStream()));
            SmallDatazone.text(out, "201 Created", "");
        });
        Path file = folder.resolve("upload");
        try (OutputStream out = Files.newOutputStream(file)) {
            pour(out);
        }
        HttpResponse<Void> answer = browser.send(
                request("upload").PUT(HttpRequest.BodyPublishers.ofFile(file)).build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(received.get(1, TimeUnit.SECONDS)).isEqualTo(LARGE);
    }

    @Test
    void keepsAFileThatThePageMade() throws Exception {
        HttpResponse<Void> answer = browser.send(
                request("__datalabs/save?name=a%2Fplot.png")
                        .header("Origin", gateway.origin())
                        .POST(HttpRequest.BodyPublishers.ofString("png"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(204);
        Download download = Objects.requireNonNull(offered.poll(10, TimeUnit.SECONDS));
        assertThat(download.fileName()).isEqualTo("plot.png");
        Path file = folder.resolve("plot.png");
        download.saveTo(file, bytes -> {}).get(10, TimeUnit.SECONDS);
        assertThat(file).hasContent("png");
    }

    @Test
    void saysSoWhenTheSessionDoesNotAnswer() throws Exception {
        document("");
        datazone.close();
        HttpResponse<String> answer = document("");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("does not answer");
    }
}
