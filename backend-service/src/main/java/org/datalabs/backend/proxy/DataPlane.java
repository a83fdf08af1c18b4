package org.datalabs.backend.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.datalabs.backend.http.StoreOutage;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.RfbPassword;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.session.SessionDirectory;
import org.datalabs.backend.session.SessionOrigins;
import org.datalabs.backend.vnc.DesktopPage;
import org.datalabs.backend.vnc.VncBridge;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything below {@code /s/}: reads the address strictly, has the gate decide who is let in, and hands on to the
 * session's own server, the RFB bridge or the desktop page. Thread-safe.
 */
public final class DataPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);
    private static final int STORE_WORKERS = 4;
    private static final Duration STREAM_USE_INTERVAL = Duration.ofSeconds(1);

    /** A clipboard's text comes as one frame; nothing else from a client to a desktop is nearly as long. */
    private static final int LARGEST_FRAME = 1024 * 1024;

    private static final int PERMANENT_REDIRECT = 308;
    private static final int SEE_OTHER = 303;

    private final SessionDirectory sessions;
    private final SessionOrigins origins;
    private final SessionRuntime runtime;
    private final Clock clock;
    private final WorkerExecutor workers;
    private final Gate gate;
    private final Upstreams upstreams;
    private final Connections connections;
    private final Guests guests = new Guests();
    private final ProblemAnswer problems;
    private final Forwarder forwarder;
    private final Tunnel tunnel;
    private final VncBridge vnc;
    private final DesktopPage desktopPage = new DesktopPage();

    public DataPlane(
            Vertx vertx,
            SessionDirectory sessions,
            SessionRuntime runtime,
            AdmissionService admissions,
            ApiUsers apiUsers,
            SessionOrigins origins,
            DataPlaneClient client,
            Clock clock) {
        this.sessions = sessions;
        this.origins = origins;
        this.runtime = runtime;
        this.clock = clock;
        this.workers = vertx.createSharedWorkerExecutor("admissions", STORE_WORKERS);
        this.gate = new Gate(sessions, admissions, apiUsers, origins, workers);
        this.upstreams = new Upstreams(origins);
        this.connections = new Connections(vertx);
        this.problems = new ProblemAnswer(connections);
        this.forwarder = new Forwarder(client.links(), problems, connections);
        this.tunnel = new Tunnel(vertx, client.links(), problems, forwarder);
        this.vnc = new VncBridge(vertx);
    }

    /** Sets what the data plane needs of the server that carries it. */
    public static HttpServerOptions prepare(HttpServerOptions options) {
        return options.setMaxChunkSize(DataPlaneClient.CHUNK_BYTES)
                .setMaxHeaderSize(DataPlaneClient.HEADER_BYTES)
                .setMaxInitialLineLength(DataPlanePath.LONGEST + 1024)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of(VncBridge.SUBPROTOCOL))
                .setMaxWebSocketFrameSize(LARGEST_FRAME)
                .setMaxWebSocketMessageSize(LARGEST_FRAME)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
    }

    /**
     * Serves a request to a session: one to a session's own host, or where sessions have paths one whose target, as sent,
     * begins with {@code /s/}. Leaves any other to the caller.
     */
    public boolean take(HttpServerRequest request) {
        if (connections.isCondemned(request)) {
            return true;
        }
        String host = request.getHeader(HttpHeaders.HOST);
        boolean own = origins.areOwn() ? origins.isAmong(host) : request.uri().startsWith(DataPlanePath.ROOT);
        if (own) {
            handle(request);
        } else {
            guests.forget(request.connection());
        }
        return own;
    }

    /** Closes the connections by which a user was last let in to a session. */
    public void drop(UserId user) {
        guests.drop(user);
    }

    /** Ends all streams: this service goes, and the sessions stay. Their clients may come back at once. */
    public void leave() {
        tunnel.leave();
        vnc.leave();
    }

    /** How many WebSockets are open to sessions, desktops included. */
    public int openStreams() {
        return tunnel.openCount() + vnc.openCount();
    }

    /** Serves one request to a session; on the event loop of its connection. */
    private void handle(HttpServerRequest request) {
        request.pause();
        if (Headers.wantsClose(request)) {
            // Vert.x knows the option only when it stands alone.
            request.response().putHeader(HttpHeaders.CONNECTION, "close").endHandler(sent -> request.connection()
                    .close());
        }
        Optional<String> fault = Headers.framingFault(request);
        if (fault.isPresent()) {
            refuse(request, fault.get());
            return;
        }
        DataPlanePath parsed = parse(request);
        if (parsed instanceof DataPlanePath.Refused refused) {
            refuse(request, refused.why());
        } else if (parsed instanceof DataPlanePath.Good path) {
            gate.pass(request, path).onComplete(passed -> {
                if (passed.failed()) {
                    fail(request, passed.cause());
                } else if (passed.result() instanceof Gate.Redirect redirect) {
                    redirect(request, redirect);
                } else if (passed.result() instanceof Gate.Through through) {
                    serve(request, through);
                }
            });
        } else {
            fail(request, Gate.notFound());
        }
    }

    private DataPlanePath parse(HttpServerRequest request) {
        if (!origins.areOwn()) {
            return DataPlanePath.parse(request.uri());
        }
        return origins.session(request.getHeader(HttpHeaders.HOST))
                .map(session -> DataPlanePath.parseAtOrigin(session, request.uri()))
                .orElseGet(DataPlanePath.Unknown::new);
    }

    private void serve(HttpServerRequest request, Gate.Through through) {
        SessionDirectory.Entry entry = through.entry();
        DataPlanePath.Good path = through.path();
        SessionId session = path.session();
        if (isDeed(request.method()) || !tellsItself(entry)) {
            sessions.used(session, clock.instant());
        }
        guests.note(request.connection(), entry.session().owner());
        if (path.rest().isEmpty()) {
            String target = path.query().isEmpty() ? path.path() + "/" : path.path() + "/?" + path.query();
            redirect(request, PERMANENT_REDIRECT, target);
            return;
        }
        if (!(entry.session().state() instanceof SessionState.Ready)) {
            problems.send(request, notReady(entry.session().state()));
            return;
        }
        Optional<Endpoint> endpoint = runtime.endpoint(session);
        if (endpoint.isEmpty()) {
            problems.send(request, Forwarder.unreachable());
        } else if (entry.session().kind() == Kind.DESKTOP) {
            desktop(request, through, Upstream.address(endpoint.get()));
        } else {
            web(request, through, upstreams.of(entry, endpoint.get()));
        }
    }

    private void web(HttpServerRequest request, Gate.Through through, Upstream upstream) {
        DataPlanePath.Good path = through.path();
        String entry = upstream.paths().entry();
        if (path.rest().equals("/") && !entry.equals(path.path())) {
            redirect(request, SEE_OTHER, entry);
        } else if (Headers.isWebSocketUpgrade(request)) {
            Runnable used = tellsItself(through.entry()) ? () -> {} : use(path.session());
            tunnel.open(request, path, upstream, through.authorization(), used);
        } else {
            forwarder.forward(request, path, upstream, through.authorization());
        }
    }

    private void desktop(HttpServerRequest request, Gate.Through through, SocketAddress address) {
        DataPlanePath.Good path = through.path();
        SessionId session = path.session();
        if (path.isVnc() && Headers.isWebSocketUpgrade(request)) {
            String password = RfbPassword.of(through.entry().token());
            vnc.join(
                            request,
                            new VncBridge.Desktop(
                                    address, password, through.viewOnly(), () -> isReady(session), use(session)))
                    .onFailure(failure -> problems.send(request, Forwarder.unreachable()));
        } else if (!desktopPage.send(request, path.rest())) {
            fail(request, Gate.notFound());
        }
    }

    private boolean isReady(SessionId session) {
        return sessions.find(session)
                .filter(entry -> entry.session().state() instanceof SessionState.Ready)
                .isPresent();
    }

    /**
     * Whether a datalab itself knows better than its traffic whether it is used: the page of a Jupyter server asks it for
     * news, and keeps its kernels' channels alive, for as long as it is open. Only what changes something counts beside, and
     * that it was opened.
     */
    private static boolean tellsItself(SessionDirectory.Entry entry) {
        return entry.version().activity() != null;
    }

    private static boolean isDeed(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD) && !method.equals(HttpMethod.OPTIONS);
    }

    /** Notes the use of a stream, at most once a second; confined to the stream's event loop. */
    private Runnable use(SessionId session) {
        return new Runnable() {
            private Instant next = Instant.MIN;

            @Override
            public void run() {
                Instant now = clock.instant();
                if (!now.isBefore(next)) {
                    next = now.plus(STREAM_USE_INTERVAL);
                    sessions.used(session, now);
                }
            }
        };
    }

    private void redirect(HttpServerRequest request, Gate.Redirect redirect) {
        sessions.used(redirect.path().session(), clock.instant());
        redirect.entry().ifPresent(entry -> request.response()
                .putHeader(
                        HttpHeaders.SET_COOKIE,
                        SessionCookies.admission(redirect.path().session(), entry, origins, request.isSSL())));
        redirect(request, SEE_OTHER, redirect.path().target());
    }

    private void redirect(HttpServerRequest request, int status, String target) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.LOCATION, target)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Referrer-Policy", "no-referrer");
        response.end();
        connections.drain(request);
    }

    private void refuse(HttpServerRequest request, String why) {
        connections.condemn(request);
        problems.send(request, Problem.of(ProblemCode.BAD_REQUEST, why, "Open the datalab from the app."));
    }

    private void fail(HttpServerRequest request, Throwable cause) {
        if (cause instanceof ProblemException known) {
            problems.send(request, known.problem());
            return;
        }
        if (StoreOutage.caused(cause)) {
            problems.send(request, StoreOutage.PROBLEM);
            return;
        }
        LOG.error("A request to the data plane failed", cause);
        problems.send(
                request,
                Problem.of(
                        ProblemCode.INTERNAL, "The datazone could not serve this request.", "Try again in a moment."));
    }

    private static Problem notReady(SessionState state) {
        if (state instanceof SessionState.Failed failed) {
            return Problem.of(ProblemCode.SESSION_NOT_READY, failed.cause(), failed.remedy());
        }
        String what;
        if (state instanceof SessionState.Pending pending) {
            what = "The datalab waits: " + pending.reason();
        } else if (state instanceof SessionState.Starting) {
            what = "The datalab is starting.";
        } else if (state instanceof SessionState.Paused) {
            what = "The datalab is paused.";
        } else {
            what = "The datalab has ended or is ending.";
        }
        String remedy = state instanceof SessionState.Pending || state instanceof SessionState.Starting
                ? "This page shows it as soon as it is ready."
                : "Start it again from the app.";
        return Problem.of(ProblemCode.SESSION_NOT_READY, what, remedy);
    }

    @Override
    public void close() {
        tunnel.close();
        vnc.close();
        workers.close();
    }
}
