package org.datalabs.backend.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
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

    private final DataPlaneClient client;
    private final ProblemAnswer problems;
    private final Connections connections;

    Forwarder(DataPlaneClient client, ProblemAnswer problems, Connections connections) {
        this.client = client;
        this.problems = problems;
        this.connections = connections;
    }

    void forward(
            HttpServerRequest request, DataPlanePath.Good path, Upstream upstream, @Nullable String authorization) {
        new Exchange(request, path, upstream, authorization).open(true);
    }

    /** Carries back the answer of a session that did not agree to an upgrade. */
    void refused(
            HttpServerRequest request,
            DataPlanePath.Good path,
            Upstream upstream,
            HttpClientRequest sent,
            HttpClientResponse answer) {
        Exchange exchange = new Exchange(request, path, upstream, null);
        exchange.adopt(sent, answer);
    }

    static Problem unreachable() {
        return Problem.of(
                ProblemCode.SESSION_UNREACHABLE,
                "The datalab runs but its server does not answer.",
                "Wait a moment and load the page again. If it stays so, look at its log or start it anew.");
    }

    /** One request and its answer; confined to the event loop of the client's connection. */
    private final class Exchange {
        private final HttpServerRequest request;
        private final HttpServerResponse response;
        private final DataPlanePath.Good path;
        private final Upstream upstream;
        private final @Nullable String authorization;
        private final boolean body;
        private @Nullable HttpClientRequest out;
        private boolean answered;
        private boolean bodySent;
        private boolean early;
        private boolean aborted;
        private long left;

        Exchange(
                HttpServerRequest request, DataPlanePath.Good path, Upstream upstream, @Nullable String authorization) {
            this.request = request;
            this.response = request.response();
            this.path = path;
            this.upstream = upstream;
            this.authorization = authorization;
            this.body = Headers.hasBody(request.headers());
        }

        void open(boolean mayRepeat) {
            response.closeHandler(gone -> abort());
            response.exceptionHandler(failure -> abort());
            String sessionPath = upstream.paths().toSession(path.path());
            String target = path.query().isEmpty() ? sessionPath : sessionPath + "?" + path.query();
            client.request(upstream.request(target).setMethod(request.method())).onComplete(opened -> {
                if (opened.failed()) {
                    fail(opened.cause());
                } else if (aborted) {
                    opened.result().exceptionHandler(failure -> {}).reset();
                } else {
                    send(opened.result(), sessionPath, mayRepeat && !body && REPEATABLE.contains(request.method()));
                }
            });
        }

        void adopt(HttpClientRequest sent, HttpClientResponse answer) {
            out = sent;
            response.closeHandler(gone -> abort());
            request.resume();
            answer(answer, upstream.paths().toSession(path.path()));
        }

        private void send(HttpClientRequest opened, String sessionPath, boolean mayRepeat) {
            out = opened;
            opened.exceptionHandler(failure -> {});
            Headers.toSession(request, upstream, authorization, opened.headers());
            opened.response().onComplete(answer -> {
                if (answer.succeeded()) {
                    answer(answer.result(), sessionPath);
                } else if (mayRepeat && answer.cause() instanceof HttpClosedException && !aborted) {
                    // A kept connection was closed by the session while the request was on its way.
                    open(false);
                } else {
                    fail(answer.cause());
                }
            });
            if (!body) {
                request.resume();
                opened.end();
                return;
            }
            if (!opened.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                opened.setChunked(true);
            }
            opened.continueHandler(go -> {
                if (!response.headWritten()) {
                    response.writeContinue();
                }
            });
            opened.sendHead();
            request.pipe()
                    .endOnFailure(false)
                    .to(opened)
                    .onSuccess(all -> bodySent = true)
                    .onFailure(broken -> {
                        // After an early answer the session may stop reading; before one, the client has gone.
                        if (!answered) {
                            opened.reset();
                        }
                    });
        }

        private void answer(HttpClientResponse in, String sessionPath) {
            // Where it is piped, the pipe takes the failure; where it is not, nobody wants it.
            in.exceptionHandler(failure -> {});
            if (aborted) {
                return;
            }
            if (in.statusCode() <= SWITCHING_PROTOCOLS) {
                refuse("The datalab switched protocols without being asked.");
                return;
            }
            String location = in.getHeader(HttpHeaders.LOCATION);
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
            response.setStatusCode(in.statusCode());
            response.setStatusMessage(in.statusMessage());
            Headers.toClient(in.headers(), upstream.paths(), response.headers());
            redirect.ifPresent(value -> response.putHeader(HttpHeaders.LOCATION, value));
            boolean bare = request.method().equals(HttpMethod.HEAD) || in.statusCode() == 204 || in.statusCode() == 304;
            if (!bare && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                if (request.version() == HttpVersion.HTTP_1_1) {
                    response.setChunked(true);
                } else {
                    response.putHeader(HttpHeaders.CONNECTION, "close");
                }
            }
            if (bare) {
                in.end().onComplete(end -> response.end().onComplete(sent -> finish()));
                in.resume();
                return;
            }
            carry(in);
        }

        /** Carries the answer's body; its last piece, where that can be told, leaves in one write with the end. */
        private void carry(HttpClientResponse in) {
            String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
            left = length == null ? Long.MAX_VALUE : Long.parseLong(length);
            in.exceptionHandler(broken -> {
                // An incomplete body must not look like a complete one.
                cancel();
                response.reset();
            });
            in.handler(piece -> {
                left -= piece.length();
                if (left == 0) {
                    response.end(piece).onSuccess(sent -> finish());
                    return;
                }
                response.write(piece);
                if (response.writeQueueFull()) {
                    in.pause();
                    response.drainHandler(drained -> in.resume());
                }
            });
            in.endHandler(end -> {
                if (!response.ended()) {
                    response.end().onSuccess(sent -> finish());
                }
            });
            in.resume();
        }

        /** Takes leave of a client that still sends a body although its answer is complete. */
        private void finish() {
            HttpClientRequest opened = out;
            if (!early || opened == null) {
                return;
            }
            // Where the body ends is uncertain to a session that answered before it: a later request could get stuck.
            opened.connection().close();
            connections.drain(request);
        }

        private void refuse(String what) {
            cancel();
            problems.send(
                    request,
                    Problem.of(ProblemCode.SESSION_UNREACHABLE, what, "Open the datalab's start page from the app."));
        }

        private void fail(Throwable cause) {
            if (aborted) {
                return;
            }
            LOG.atInfo()
                    .addKeyValue("session", upstream.session())
                    .setMessage("The datalab's server did not answer: {}")
                    .addArgument(String.valueOf(cause.getMessage()))
                    .log();
            cancel();
            problems.send(request, unreachable());
        }

        private void abort() {
            aborted = true;
            cancel();
        }

        private void cancel() {
            HttpClientRequest opened = out;
            if (opened != null) {
                opened.reset();
            }
        }
    }
}
