package org.datalabs.backend.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.Set;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one exchange to a session and its answer back, streaming both ways at the pace of the slower side. Interim
 * answers other than 100 and trailers end here.
 */
final class Forwarder {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Up to here a copy costs less than to hear when the piece itself has left. */
    private static final int COPIED_BYTES = 1024;

    private final SessionLinks links;
    private final ProblemAnswer problems;
    private final Connections connections;

    Forwarder(SessionLinks links, ProblemAnswer problems, Connections connections) {
        this.links = links;
        this.problems = problems;
        this.connections = connections;
    }

    void forward(
            HttpServerRequest request, DataPlanePath.Good path, Upstream upstream, @Nullable String authorization) {
        new Carriage(request, path, upstream, authorization).open(true);
    }

    /** What carries back the answer of a session that did not agree to an upgrade. */
    SessionLink.Exchange refused(
            HttpServerRequest request, DataPlanePath.Good path, Upstream upstream, SessionLink link) {
        Carriage carriage = new Carriage(request, path, upstream, null);
        carriage.adopt(link);
        return carriage;
    }

    static Problem unreachable() {
        return Problem.of(
                ProblemCode.SESSION_UNREACHABLE,
                "The datalab runs but its server does not answer.",
                "Wait a moment and load the page again. If it stays so, look at its log or start it anew.");
    }

    /** The context in which a request is served. */
    static ContextInternal context(HttpServerRequest request) {
        return ((HttpServerRequestInternal) request).context();
    }

    /** One request and its answer; confined to the event loop of the client's connection. */
    private final class Carriage implements SessionLink.Exchange {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final DataPlanePath.Good path;
        private final Upstream upstream;
        private final @Nullable String authorization;
        private final String sessionPath;
        private final boolean body;
        private @Nullable SessionLink link;
        private boolean mayRepeat;
        private boolean answered;
        private boolean bodySent;
        private boolean early;
        private boolean aborted;
        private long left;

        Carriage(
                HttpServerRequest request, DataPlanePath.Good path, Upstream upstream, @Nullable String authorization) {
            this.request = request;
            this.response = request.response();
            this.path = path;
            this.upstream = upstream;
            this.authorization = authorization;
            this.sessionPath = upstream.paths().toSession(path.path());
            this.body = Headers.hasBody(request.headers());
        }

        void open(boolean first) {
            response.closeHandler(gone -> abort());
            response.exceptionHandler(failure -> abort());
            SessionLink kept = first ? links.kept(upstream.address()) : null;
            if (kept != null) {
                mayRepeat = !body && REPEATABLE.contains(request.method());
                send(kept);
                return;
            }
            mayRepeat = false;
            links.connect(upstream.address(), context(request)).onComplete(connected -> {
                if (connected.failed()) {
                    broken(connected.cause());
                } else if (aborted) {
                    connected.result().discard();
                } else {
                    send(connected.result());
                }
            });
        }

        void adopt(SessionLink link) {
            this.link = link;
            response.closeHandler(gone -> abort());
            request.resume();
        }

        private void send(SessionLink opened) {
            link = opened;
            String target = path.query().isEmpty() ? sessionPath : sessionPath + "?" + path.query();
            HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
            Headers.toSession(request, upstream, authorization, headers);
            if (body && !headers.contains(HttpHeaders.CONTENT_LENGTH)) {
                headers.set(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED);
            }
            opened.begin(this, context(request), question(request.method(), target, headers, body));
            if (!body) {
                request.resume();
                return;
            }
            request.handler(piece -> {
                opened.send(this, ((BufferInternal) piece).getByteBuf());
                if (opened.isFull(this)) {
                    request.pause();
                }
            });
            request.endHandler(end -> {
                bodySent = true;
                opened.end(this);
            });
            request.exceptionHandler(broken -> {
                // After an early answer the session may stop reading; before one, the client has gone.
                if (!answered) {
                    opened.leave(this);
                }
            });
            request.resume();
        }

        @Override
        public void goOn() {
            if (body && !response.headWritten()) {
                response.writeContinue();
            }
        }

        @Override
        public void drained() {
            request.resume();
        }

        @Override
        public void head(HttpResponse in) {
            HeadersMultiMap headers = (HeadersMultiMap) in.headers();
            int status = in.status().code();
            if (status <= SWITCHING_PROTOCOLS) {
                refuse("The datalab switched protocols without being asked.");
                return;
            }
            String location = headers.get(HttpHeaders.LOCATION);
            Optional<String> redirect = location == null
                    ? Optional.empty()
                    : upstream.paths()
                            .redirect(location, sessionPath, upstream.ownHosts(request.getHeader(HttpHeaders.HOST)));
            if (location != null && redirect.isEmpty()) {
                refuse("The datalab sent the browser to an address outside itself.");
                return;
            }
            answered = true;
            early = body && !bodySent;
            response.setStatusCode(status);
            response.setStatusMessage(in.status().reasonPhrase());
            Headers.toClient(headers, upstream.paths(), response.headers());
            redirect.ifPresent(value -> response.putHeader(HttpHeaders.LOCATION, value));
            boolean bare = request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
            String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
            left = length == null || bare ? Long.MAX_VALUE : Long.parseLong(length);
            if (!bare && length == null) {
                if (request.version() == HttpVersion.HTTP_1_1) {
                    response.setChunked(true);
                } else {
                    response.putHeader(HttpHeaders.CONNECTION, "close");
                }
            }
        }

        /** The last piece, where that can be told, leaves in one write with the end. */
        @Override
        public void body(ByteBuf piece, boolean last) {
            if (aborted || response.ended()) {
                piece.release();
                return;
            }
            left -= piece.readableBytes();
            boolean end = last || left == 0;
            Future<Void> written = write(piece, end);
            if (end) {
                if (early) {
                    written.onSuccess(sent -> finish());
                }
            } else if (response.writeQueueFull()) {
                flow(false);
                response.drainHandler(drained -> flow(true));
            }
        }

        private Future<Void> write(ByteBuf piece, boolean end) {
            if (!piece.isReadable()) {
                piece.release();
                return end ? response.end() : Future.succeededFuture();
            }
            if (piece.readableBytes() <= COPIED_BYTES) {
                Buffer copy = BufferInternal.safeBuffer(piece);
                return end ? response.end(copy) : response.write(copy);
            }
            Buffer passed = BufferInternal.buffer(piece);
            Future<Void> written = end ? response.end(passed) : response.write(passed);
            return written.onComplete(left -> piece.release());
        }

        private void flow(boolean on) {
            SessionLink opened = link;
            if (opened != null) {
                opened.flow(this, on);
            }
        }

        /** Takes leave of a client that still sends a body although its answer is complete. */
        private void finish() {
            // Where the body ends is uncertain to a session that answered before it: a later request could get stuck.
            cancel();
            connections.drain(request);
        }

        private void refuse(String what) {
            cancel();
            problems.send(
                    request,
                    Problem.of(ProblemCode.SESSION_UNREACHABLE, what, "Open the datalab's start page from the app."));
        }

        @Override
        public void broken(Throwable cause) {
            if (aborted) {
                return;
            }
            if (answered) {
                // An incomplete body must not look like a complete one.
                response.reset();
            } else if (mayRepeat && cause instanceof ClosedChannelException) {
                // A kept connection was closed by the session while the request was on its way.
                open(false);
            } else {
                LOG.atInfo()
                        .addKeyValue("session", upstream.session())
                        .setMessage("The datalab's server did not answer: {}")
                        .addArgument(cause.toString())
                        .log();
                problems.send(request, unreachable());
            }
        }

        private void abort() {
            aborted = true;
            cancel();
        }

        private void cancel() {
            SessionLink opened = link;
            if (opened != null) {
                opened.leave(this);
            }
        }
    }

    /** A request's head; all of it when it has no body. */
    static HttpRequest question(HttpMethod method, String target, HeadersMultiMap headers, boolean body) {
        return body
                ? new DefaultHttpRequest(
                        io.netty.handler.codec.http.HttpVersion.HTTP_1_1, method.toNetty(), target, headers)
                : new DefaultFullHttpRequest(
                        io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
                        method.toNetty(),
                        target,
                        Unpooled.EMPTY_BUFFER,
                        headers,
                        EmptyHttpHeaders.INSTANCE);
    }
}
