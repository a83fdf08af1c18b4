package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.session.FakeRuntime;
import org.datalabs.backend.store.Databases;
import org.datalabs.backend.store.PostgresSettings;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Several whole services over one PostgreSQL and one engine. */
@Timeout(120)
@EnabledIf("org.datalabs.backend.store.Databases#hasPostgres")
class ReplicasTest {
    private static final DatalabId LAB = new DatalabId("probe-lab");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ANNA = "token-of-anna-0123456789";
    private static final String BERT = "token-of-bert-0123456789";

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Databases databases;
    private PostgresSettings database;
    private Replica one;
    private Replica two;

    @BeforeEach
    void start() throws Exception {
        databases = new Databases(folder);
        database = databases.serve();
        TestServer.writeManifest(folder.resolve("catalogue"), LAB.value());
        list("anna " + hash(ANNA) + " Anna A.", "bert " + hash(BERT) + " Bert B.");
        one = Replica.start(folder, database, runtime);
        two = Replica.start(folder, database, runtime);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
        one.close();
        two.close();
        runtime.close();
        databases.close();
    }

    @Test
    void acceptsExactlyFiveOfAHundredLaunchesAtOnce() throws Exception {
        ExecutorService clicks = Executors.newFixedThreadPool(20);
        List<Callable<Session>> launches = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            DatazoneClient client = client(i % 2 == 0 ? one : two, ANNA);
            launches.add(() -> client.launch(LaunchRequest.defaults(LAB)));
        }
        int accepted = 0;
        for (Future<Session> launch : clicks.invokeAll(launches)) {
            try {
                launch.get();
                accepted++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().code())
                        .isEqualTo(ProblemCode.QUOTA_REACHED));
            }
        }
        clicks.shutdown();

        assertThat(accepted).isEqualTo(5);
        for (Session session : client(two, ANNA).sessions()) {
            await(one, ANNA, session.id(), SessionState.Ready.class);
        }
        assertThat(runtime.existing()).hasSize(5);
        assertThat(runtime.starts()).isEqualTo(5);
        assertThat(client(one, ANNA).me().quota().sessionsLeft()).isZero();
        assertThat(client(one, BERT).sessions()).isEmpty();
    }

    @Test
    void tellsTheSameNewsInTheSameOrderThroughBothAndAcrossAReconnect() throws Exception {
        Replica.Events here = events(one, ANNA, null);
        Replica.Events there = events(two, ANNA, null);
        Until.holds(SOON, () -> here.kept().size() == 1 && there.kept().size() == 1);
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(two, ANNA, session.id(), SessionState.Ready.class);
        for (int i = 0; i < 100; i++) {
            Replica through = i % 2 == 0 ? one : two;
            client(through, ANNA).change(session.id(), new SessionChange("Number " + i, null, null, null));
        }
        String last = "Number 99";
        Until.holds(SOON, () -> tells(here, last) && tells(there, last));
        List<String> told = here.ids().subList(1, here.ids().size());

        assertThat(told).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        assertThat(there.ids().subList(1, there.ids().size())).isEqualTo(told);
        Replica.Events again = events(two, ANNA, told.get(20));
        Until.holds(SOON, () -> tells(again, last));
        assertThat(again.ids()).isEqualTo(told.subList(21, told.size()));
    }

    @Test
    void hasEachSessionStartedByTheReplicaThatLooksAfterItAtOnce() {
        // Whoever launches, some of the sessions are the other's.
        for (String token : List.of(ANNA, BERT)) {
            for (int i = 0; i < 5; i++) {
                long began = System.nanoTime();
                Session session = client(one, token).launch(LaunchRequest.defaults(LAB));
                await(one, token, session.id(), SessionState.Ready.class);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            }
        }
        assertThat(runtime.starts()).isEqualTo(10);
        int here = ready(one);
        assertThat(here).isBetween(0, 10);
        assertThat(here + ready(two)).isEqualTo(10);
    }

    @Test
    void takesOverFromAReplicaThatWasCutOffInTheMiddleOfALaunch() throws Exception {
        Relay relay = new Relay(databases.port());
        open.add(relay);
        two.close();
        PostgresSettings through = new PostgresSettings(
                database.url().replace(":" + databases.port(), ":" + relay.port()), database.user(), null, 8);
        two = Replica.start(folder, through, runtime);
        runtime.hold(true);
        List<SessionId> launched = new ArrayList<>();
        for (String token : List.of(ANNA, BERT)) {
            for (int i = 0; i < 5; i++) {
                launched.add(
                        client(one, token).launch(LaunchRequest.defaults(LAB)).id());
            }
        }
        Until.holds(SOON, () -> runtime.existing().size() == 10);
        assertThat(two.manage("/ready").statusCode()).isEqualTo(200);

        relay.swallow();
        runtime.hold(false);
        launched.forEach(session -> runtime.show(session, new Observation.Running(Instant.now(), List.of(), true)));

        for (SessionId session : launched) {
            String token = launched.indexOf(session) < 5 ? ANNA : BERT;
            await(one, token, session, SessionState.Ready.class);
        }
        assertThat(runtime.starts()).isEqualTo(10);
        Until.holds(SOON, () -> two.manage("/ready").statusCode() == 503);
        assertThat(two.manage("/health").statusCode()).isEqualTo(200);
        assertThat(ready(one)).isEqualTo(10);
    }

    @Test
    void handsOverAtOnceWhenAReplicaLeaves() {
        List<SessionId> launched = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            launched.add(client(one, ANNA).launch(LaunchRequest.defaults(LAB)).id());
        }
        launched.forEach(session -> await(one, ANNA, session, SessionState.Ready.class));
        two.close();
        long left = System.nanoTime();
        launched.forEach(
                session -> runtime.end(session, Problem.of(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again.")));
        launched.forEach(session -> await(one, ANNA, session, SessionState.Failed.class));
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void takesATicketOnceAndAnAdmissionEverywhereUntilTheSessionEnds() {
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, session.id(), SessionState.Ready.class);
        Ticket ticket = client(one, ANNA).ticket(session.id());

        HttpResponse<String> entered = two.get(ticket.path());
        assertThat(entered.statusCode()).isEqualTo(303);
        assertThat(one.get(ticket.path()).statusCode()).isEqualTo(403);
        assertThat(two.get(ticket.path()).statusCode()).isEqualTo(403);
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String page = ApiPaths.dataPlane(session.id());
        assertThat(one.get(page, "Cookie", cookie).statusCode()).isEqualTo(200);
        assertThat(two.get(page, "Cookie", cookie).statusCode()).isEqualTo(200);

        client(one, ANNA).destroy(session.id());

        Until.holds(Duration.ofSeconds(2), () -> two.get(page, "Cookie", cookie).statusCode() == 404);
    }

    @Test
    void answersThatTheDatabaseIsAwayAndGoesOnByItself() throws Exception {
        Session before = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, before.id(), SessionState.Ready.class);
        Replica.Events news = events(two, ANNA, null);
        Until.holds(SOON, () -> news.kept().size() == 1);

        databases.stopServer();

        HttpResponse<String> refused = one.get(ApiPaths.SESSIONS, "Authorization", "Bearer " + ANNA);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("database");
        assertThat(one.manage("/health").statusCode()).isEqualTo(200);
        Until.holds(SOON, () -> one.manage("/ready").statusCode() == 503);
        runtime.end(before.id(), Problem.of(ProblemCode.PROGRAM_ENDED, "It ended meanwhile.", "Run it again."));

        databases.startServer();

        Until.holds(SOON, () -> one.manage("/ready").statusCode() == 200);
        Until.holds(SOON, () -> two.manage("/ready").statusCode() == 200);
        await(two, ANNA, before.id(), SessionState.Failed.class);
        Until.holds(SOON, () -> tells(news, "It ended meanwhile."));
        Session after = client(two, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, after.id(), SessionState.Ready.class);
    }

    @Test
    void servesThoseWhomItHasLetInWhileTheDatabaseIsAway() throws Exception {
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, session.id(), SessionState.Ready.class);
        String cookie = cookie(one, session);
        String path = ApiPaths.dataPlane(session.id());
        assertThat(one.get(path, "Cookie", cookie).statusCode()).isEqualTo(200);

        databases.stopServer();

        Until.holds(SOON, () -> one.manage("/ready").statusCode() == 503);
        assertThat(one.get(path, "Cookie", cookie).statusCode()).isEqualTo(200);
        // Whom this replica has not let in before cannot be looked up.
        assertThat(two.get(path, "Cookie", cookie).statusCode()).isEqualTo(503);

        list("bert " + hash(BERT) + " Bert B.");
        Until.holds(SOON, () -> one.get(path, "Cookie", cookie).statusCode() != 200);

        databases.startServer();
        Until.holds(SOON, () -> one.get(path, "Cookie", cookie).statusCode() == 404);
    }

    @Test
    void costsAStreamNoMoreThanAReconnectWhenAReplicaLeaves() throws Exception {
        Vertx vertx = Vertx.vertx();
        open.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        HttpServer datalab = await(vertx.createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
        runtime.serveBy(new Endpoint.Tcp("127.0.0.1", datalab.actualPort()));
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, session.id(), SessionState.Ready.class);
        await(two, ANNA, session.id(), SessionState.Ready.class);
        String cookie = cookie(one, session);
        WebSocketClient browser = vertx.createWebSocketClient();
        WebSocket stream = await(connect(browser, one, session, cookie));

        Thread leaving = new Thread(one::close);
        leaving.start();
        Until.holds(SOON, stream::isClosed);
        WebSocket again = await(connect(browser, two, session, cookie));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        again.textMessageHandler(heard::add);
        again.writeTextMessage("hello");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        leaving.join();
        assertThat(again.isClosed()).isFalse();
        assertThat(client(two, ANNA).session(session.id()).state()).isInstanceOf(SessionState.Ready.class);
    }

    private static io.vertx.core.Future<WebSocket> connect(
            WebSocketClient browser, Replica replica, Session session, String cookie) {
        return browser.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(replica.address().getPort())
                .setURI(ApiPaths.dataPlane(session.id()) + "channels")
                .putHeader("Cookie", cookie)
                .setAllowOriginHeader(true)
                .putHeader("Origin", replica.address().toString()));
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Enters a session as a browser does. */
    private String cookie(Replica replica, Session session) {
        String path = client(replica, ANNA).ticket(session.id()).path();
        return replica.get(path)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    @Test
    void locksOutAUserWhoIsNoLongerListed() throws Exception {
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, session.id(), SessionState.Ready.class);
        URI page = two.address().resolve(client(one, ANNA).ticket(session.id()).path());
        String cookie =
                two.get(page).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String path = ApiPaths.dataPlane(session.id());
        assertThat(one.get(path, "Cookie", cookie).statusCode()).isEqualTo(200);
        Replica.Events theirs = events(two, ANNA, null);
        Replica.Events others = events(two, BERT, null);
        Until.holds(SOON, () -> theirs.kept().size() == 1 && others.kept().size() == 1);

        list("bert " + hash(BERT) + " Bert B.", "carl " + hash("token-of-carl-0123456789") + " Carl C.");

        Until.holds(SOON, theirs::ended);
        Until.holds(SOON, () -> one.get(path, "Cookie", cookie).statusCode() == 404);
        Until.holds(SOON, () -> two.get(path, "Cookie", cookie).statusCode() == 404);
        for (Replica replica : List.of(one, two)) {
            assertThat(replica.get(ApiPaths.ME, "Authorization", "Bearer " + ANNA)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(client(replica, BERT).me().user().name()).isEqualTo("Bert B.");
        }
        assertThat(others.ended()).isFalse();
        Session fresh = client(two, "token-of-carl-0123456789").launch(LaunchRequest.defaults(LAB));
        await(one, "token-of-carl-0123456789", fresh.id(), SessionState.Ready.class);
    }

    @Test
    void countsWhatItDoes() {
        Session session = client(one, ANNA).launch(LaunchRequest.defaults(LAB));
        await(one, ANNA, session.id(), SessionState.Ready.class);
        assertThatThrownBy(() -> client(one, ANNA).launch(LaunchRequest.defaults(new DatalabId("no-such-lab"))))
                .isInstanceOf(ProblemException.class);
        String here = one.manage("/metrics").body();
        assertThat(here)
                .contains("datalabs_launches_total{outcome=\"accepted\"} 1.0")
                .contains("datalabs_launches_total{outcome=\"refused\"} 1.0")
                .contains("datalabs_replicas 2.0")
                .contains("datalabs_reconcile_backlog ")
                .contains("datalabs_reconcile_lag_seconds ")
                .contains("datalabs_event_lag_seconds ")
                .contains("datalabs_streams 0.0")
                .contains("datalabs_database_connections{state=\"most\"} 8.0")
                .contains("jvm_memory_used_bytes");
        assertThat(here + two.manage("/metrics").body())
                .contains("datalabs_session_ready_seconds_bucket{le=\"0.5\"}")
                .contains("datalabs_session_ready_seconds_count 1");
        assertThat(two.manage("/anything").statusCode()).isEqualTo(404);
    }

    private DatazoneClient client(Replica replica, String token) {
        DatazoneClient client = replica.client(token);
        open.add(client);
        return client;
    }

    private Replica.Events events(Replica replica, String token, @org.jspecify.annotations.Nullable String last)
            throws Exception {
        Replica.Events events = replica.events(token, last);
        open.add(events);
        return events;
    }

    private static boolean tells(Replica.Events events, String text) {
        return events.kept().stream()
                .anyMatch(event -> event.getOrDefault("data", "").contains(text));
    }

    private Session await(Replica replica, String token, SessionId session, Class<? extends SessionState> state) {
        DatazoneClient client = client(replica, token);
        return Until.present(
                SOON, () -> Optional.of(client.session(session)).filter(now -> state.isInstance(now.state())));
    }

    /** How many ready sessions a replica looks after. */
    private static int ready(Replica replica) {
        return replica.manage("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("datalabs_sessions{state=\"ready\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private void list(String... lines) throws Exception {
        Path fresh = folder.resolve("users.new");
        Files.write(fresh, List.of(lines));
        Files.move(fresh, folder.resolve("users"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
