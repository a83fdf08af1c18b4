package org.datalabs.backend.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.backend.proxy.Plane.BASE;
import static org.datalabs.backend.proxy.Plane.BEARER;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.datalabs.core.catalogue.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bodies that take long, are large, or never come to an end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingTest {
    private static final String HEAD = " HTTP/1.1\nHost: 127.0.0.1\nAuthorization: " + BEARER + "\n";
    private static final long GIGABYTE = 1L << 30;

    private Plane plane;

    @BeforeAll
    void start() {
        plane = new Plane();
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    /** Writes as fast as it is let, counting what it has handed over. */
    private static void pour(HttpServerResponse response, Buffer block, long left, AtomicLong sent) {
        long rest = left;
        while (rest > 0 && !response.writeQueueFull()) {
            response.write(block);
            rest -= block.length();
            sent.addAndGet(block.length());
        }
        long then = rest;
        if (then > 0) {
            response.drainHandler(drained -> pour(response, block, then, sent));
        } else {
            response.end();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void gigabyteFlowsAtThePaceOfASlowReader() throws Exception {
        AtomicLong sent = new AtomicLong();
        Buffer block = Buffer.buffer(new byte[64 * 1024]);
        plane.web(plane.serve(request -> {
            request.response().putHeader("Content-Length", String.valueOf(GIGABYTE));
            pour(request.response(), block, GIGABYTE, sent);
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.socket.setReceiveBufferSize(64 * 1024);
            wire.send("GET " + BASE + HEAD + "\n").head();
            // A client that does not read: everything comes to a stand within the buffers on the way.
            long stalled = Until.stands(sent::get);
            assertThat(stalled).isLessThan(32L << 20);
            long before = heap();
            InputStream in = wire.socket.getInputStream();
            byte[] buffer = new byte[1 << 20];
            long received = 0;
            long most = 0;
            while (received < GIGABYTE) {
                int count = in.read(buffer);
                assertThat(count).isPositive();
                received += count;
                if (received % (256L << 20) < count) {
                    most = Math.max(most, heap());
                }
                assertThat(sent.get() - received).isLessThan(64L << 20);
            }
            assertThat(most - before).isLessThan(32L << 20);
        }
    }

    @Test
    void uploadFlowsAtThePaceOfASlowSession() throws Exception {
        BlockingQueue<HttpServerRequest> arrived = new LinkedBlockingQueue<>();
        AtomicLong received = new AtomicLong();
        plane.web(plane.serve(request -> {
            request.pause();
            request.handler(bytes -> received.addAndGet(bytes.length()));
            request.endHandler(end -> request.response().end("got " + received.get()));
            arrived.add(request);
        }));
        long size = 128L << 20;
        AtomicLong sent = new AtomicLong();
        try (Wire wire = new Wire(plane.port)) {
            wire.send("POST " + BASE + HEAD + "Content-Length: " + size + "\nConnection: close\n\n");
            Thread writer = new Thread(() -> write(wire.socket, size, sent));
            writer.start();
            HttpServerRequest request = arrived.poll(10, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(Until.stands(sent::get)).isLessThan(32L << 20);
            request.resume();
            assertThat(wire.rest()).endsWith("got " + size);
            writer.join();
        }
    }

    private static void write(Socket socket, long size, AtomicLong sent) {
        byte[] block = new byte[64 * 1024];
        try {
            OutputStream out = socket.getOutputStream();
            while (sent.get() < size) {
                out.write(block);
                sent.addAndGet(block.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void uploadOfTwoGigabytesTakesNoMemory() throws Exception {
        AtomicLong received = new AtomicLong();
        plane.web(plane.serve(request -> {
            request.handler(bytes -> received.addAndGet(bytes.length()));
            request.endHandler(end -> request.response().end("got " + received.get()));
        }));
        long size = 2 * GIGABYTE;
        AtomicLong sent = new AtomicLong();
        try (Wire wire = new Wire(plane.port)) {
            wire.send("PUT " + BASE + HEAD + "Content-Length: " + size + "\nConnection: close\n\n");
            long before = heap();
            Thread writer = new Thread(() -> write(wire.socket, size, sent));
            writer.start();
            long most = 0;
            while (sent.get() < size && writer.isAlive()) {
                long mark = sent.get() + (256L << 20);
                Until.holds(() -> sent.get() >= Math.min(mark, size));
                most = Math.max(most, heap());
            }
            assertThat(wire.rest()).endsWith("got " + size);
            assertThat(most - before).isLessThan(32L << 20);
            writer.join();
        }
    }

    @Test
    void eventsArriveOneByOne() throws Exception {
        BlockingQueue<HttpServerResponse> streams = new LinkedBlockingQueue<>();
        plane.web(plane.serve(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            request.response().write("data: 0\n\n");
            streams.add(request.response());
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + BASE + HEAD + "Accept: text/event-stream\n\n");
            assertThat(wire.head()).contains("text/event-stream");
            wire.readTo("data: 0\n\n\r\n");
            HttpServerResponse stream = streams.poll(10, TimeUnit.SECONDS);
            assertThat(stream).isNotNull();
            // Each event is read before the next is sent, so none waits for another.
            for (int i = 1; i <= 100; i++) {
                stream.write("data: " + i + "\n\n");
                wire.readTo("data: " + i + "\n\n\r\n");
            }
            stream.end();
            wire.readTo("0\r\n\r\n");
        }
    }

    @Test
    void abortedDownloadEndsAtTheSession() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Buffer block = Buffer.buffer(new byte[64 * 1024]);
        plane.web(plane.serve(request -> {
            request.response().setChunked(true).closeHandler(gone -> closed.countDown());
            pour(request.response(), block, GIGABYTE, new AtomicLong());
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + BASE + HEAD + "\n").head();
        }
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void abortedWaitEndsAtTheSession() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        plane.web(plane.serve(request -> {
            request.response().closeHandler(gone -> closed.countDown());
            asked.countDown();
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + BASE + HEAD + "\n");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void abortedUploadEndsAtTheSession() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        plane.web(plane.serve(request -> {
            request.handler(bytes -> begun.countDown());
            request.exceptionHandler(gone -> closed.countDown());
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("POST " + BASE + HEAD + "Content-Length: 100\n\nabc");
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void sessionThatClosesMidwayIsSeenAsAbort() throws Exception {
        plane.web(plane.serve(request -> {
            request.response().putHeader("Content-Length", "100").write("abc");
            plane.vertx.setTimer(20, later -> request.connection().close());
        }));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("GET " + BASE + HEAD + "\n").head();
            assertThat(wire.rest()).isEqualTo("abc");
        }
    }

    @Test
    void continueIsTheSessionsToSay() throws Exception {
        plane.web(plane.serve(request -> {
            if (request.uri().endsWith("no")) {
                request.response().setStatusCode(413).end("too large");
            } else {
                request.response().writeContinue();
                request.bodyHandler(body -> request.response().end("got " + body));
            }
        }));
        String expect = HEAD + "Content-Length: 5\nExpect: 100-continue\n\n";
        try (Wire wire = new Wire(plane.port)) {
            assertThat(wire.send("PUT " + BASE + expect).head()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send("hello").head()).startsWith("HTTP/1.1 200 ");
            wire.readTo("got hello");
        }
        try (Wire wire = new Wire(plane.port)) {
            assertThat(wire.send("PUT " + BASE + "no" + expect).head()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void impatientClientNeedsNoContinue() throws Exception {
        plane.web(plane.serve(
                request -> request.bodyHandler(body -> request.response().end("got " + body))));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("PUT " + BASE + HEAD + "Connection: close\nContent-Length: 5\nExpect: 100-continue\n\nhello");
            assertThat(wire.rest()).endsWith("got hello");
        }
    }

    @Test
    void rangesHeadAndEncodedBodiesPassUntouched() throws Exception {
        byte[] packed = {31, (byte) 139, 8, 0, 1, 2, 3};
        plane.web(plane.serve(request -> {
            HttpServerResponse response = request.response();
            if (request.method().name().equals("HEAD")) {
                response.putHeader("Content-Length", "12345")
                        .putHeader("ETag", "\"x\"")
                        .end();
            } else if (request.getHeader("If-None-Match") != null) {
                response.setStatusCode(304).putHeader("ETag", "\"x\"").end();
            } else {
                response.setStatusCode(206)
                        .putHeader("Content-Range", "bytes 0-6/100")
                        .putHeader("Content-Encoding", "gzip")
                        .putHeader("X-Range", request.getHeader("Range"))
                        .end(Buffer.buffer(packed));
            }
        }));
        try (Wire wire = new Wire(plane.port)) {
            assertThat(wire.send("HEAD " + BASE + HEAD + "\n").head()).contains("Content-Length: 12345");
            assertThat(wire.send("GET " + BASE + HEAD + "If-None-Match: \"x\"\n\n")
                            .head())
                    .startsWith("HTTP/1.1 304 ")
                    .doesNotContainIgnoringCase("transfer-encoding");
            assertThat(wire.send("GET " + BASE + HEAD
                                    + "Range: bytes=0-6\nAccept-Encoding: gzip\nConnection: close\n\n")
                            .head())
                    .startsWith("HTTP/1.1 206 ")
                    .contains("X-Range: bytes=0-6")
                    .contains("Content-Encoding: gzip")
                    .contains("content-length: 7");
            assertThat(wire.rest().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(packed);
        }
    }

    @Test
    void chunkedUploadsPass() throws Exception {
        plane.web(plane.serve(request -> request.bodyHandler(
                body -> request.response().end(request.getHeader("Transfer-Encoding") + " " + body))));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("POST " + BASE + HEAD
                    + "Connection: close\nTransfer-Encoding: chunked\n\n3\nabc\n2\nde\n0\nX-Trailer: 1\n\n");
            assertThat(wire.rest()).endsWith("chunked abcde");
        }
    }

    @Test
    void earlyAnswerToAnUploadArrives() throws Exception {
        plane.web(plane.serve(request -> request.response().setStatusCode(403).end("no")));
        try (Wire wire = new Wire(plane.port)) {
            wire.send("POST " + BASE + HEAD + "Content-Length: 1000000\n\nabc");
            assertThat(wire.head()).startsWith("HTTP/1.1 403 ");
            wire.readTo("no");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void serverAtTheRootSeesNoPrefix() throws Exception {
        plane.put(Plane.SESSION, Kind.WEB, "/", null, plane.serve(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "/login?next=" + request.uri())
                .putHeader("Set-Cookie", "a=b; Path=/")
                .end()));
        try (Wire wire = new Wire(plane.port)) {
            assertThat(wire.send("GET " + BASE + "x/y" + HEAD + "\n").head())
                    .contains("location: " + BASE + "login?next=/x/y")
                    .contains("Path=" + BASE + "\r\n");
        }
    }
}
