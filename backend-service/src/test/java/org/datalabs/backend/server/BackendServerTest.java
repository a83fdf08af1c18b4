package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.api.ApiPaths;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of sessions through the real API, with a real database. */
class BackendServerTest {
    private static final DatalabId LAB = new DatalabId("probe-lab");

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsOfItselfAndItsUser() {
        assertThat(server.client().info().name()).isEqualTo("This computer");
        assertThat(server.client().info().notices()).containsExactly("Nothing is isolated.");
        assertThat(server.client().info().idleMinutes()).isNull();
        Capacity.Room room = server.client().capacity().rooms().get(0);
        assertThat(room.total()).isEqualTo(server.client().info().total());
        assertThat(server.client().me().quota().sessionsLeft()).isEqualTo(5);
        assertThat(server.client().me().user().name()).isEqualTo("Tester");
    }

    @Test
    void servesBuiltInAndOwnDatalabs() {
        var catalogue = server.client().catalogue(null).orElseThrow();
        assertThat(catalogue.entries())
                .extracting(entry -> entry.datalab().id().value())
                .contains("probe-lab", "jl-planck")
                .isSorted();
        assertThat(server.client().catalogue(catalogue.etag())).isEmpty();
    }

    @Test
    void keepsMarks() {
        assertThat(server.client().mark(LAB, new Marks(true, null)).stars()).isEqualTo(1);
        assertThat(server.client().mark(LAB, new Marks(null, true)).starred()).isTrue();
        assertThat(server.client().datalab(LAB).bookmarked()).isTrue();
        assertThat(server.client().mark(LAB, new Marks(false, null)).stars()).isZero();
    }

    @Test
    void launchesUntilReadyAndDestroys() {
        Session launched = launch();
        assertThat(launched.state()).isInstanceOf(SessionState.Starting.class);
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        assertThat(server.client().me().quota().sessions()).isEqualTo(1);
        assertThat(server.client().ticket(launched.id()).path()).startsWith("/s/" + launched.id());
        // Only a desktop can be looked at without acting.
        assertProblem(ProblemCode.INVALID_FIELD, () -> server.client().viewTicket(launched.id()));
        assertThat(server.client().log(launched.id(), 0, 10, 0).lines())
                .extracting(LogPage.Line::text)
                .contains("started");

        Session ending = server.client().destroy(launched.id()).orElseThrow();

        assertThat(ending.desired()).isEqualTo(Desired.DESTROYED);
        server.await(launched.id(), session -> session.state() instanceof SessionState.Stopped);
        assertThat(server.runtime().existing()).isEmpty();
        assertThat(server.client().sessions()).isEmpty();
        assertThat(server.client().endedSessions()).extracting(Session::id).containsExactly(launched.id());
        assertThat(server.client().me().quota().sessions()).isZero();
        assertThat(server.client().destroy(launched.id())).isEmpty();
        assertThatThrownBy(() -> server.client().ticket(launched.id()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.WRONG_STATE));
    }

    @Test
    void leavesNothingRunningWhenItCannotStart(@TempDir Path other) throws IOException {
        List<Thread> before = eventThreads();
        Arguments arguments = Arguments.parse(
                List.of("--listen", "127.0.0.1:" + server.address().getPort(), "--state", other.toString()));

        try (StateFolder state = StateFolder.hold(arguments.state())) {
            assertThatThrownBy(() -> BackendServer.start(
                            Configuration.of(arguments, state, TestServer.TOKEN),
                            new TestServer.FakeEngine(server.runtime()),
                            Clock.systemUTC(),
                            time -> false))
                    .isInstanceOf(ProblemException.class);
        }

        assertThat(eventThreads()).isSubsetOf(before);
    }

    private static List<Thread> eventThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("events"))
                .toList();
    }

    @Test
    void letsNobodyInWithWhatAdmittedThemToASessionThatHasFailed() throws Exception {
        Session launched = launch();
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        URI page = server.address().resolve(ApiPaths.dataPlane(launched.id()));
        HttpResponse<String> entered =
                visit(server.client().resolve(server.client().ticket(launched.id())), "");
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        assertThat(visit(page, cookie).statusCode()).isEqualTo(200);

        server.runtime().end(launched.id(), Problem.of(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again."));
        server.await(launched.id(), session -> session.state() instanceof SessionState.Failed);

        Until.holds(Duration.ofSeconds(10), () -> visit(page, cookie).statusCode() == 404);
    }

    @Test
    void pageOfASessionCannotActAsItsUserAtTheApi() throws Exception {
        Session launched = launch();
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        HttpResponse<String> entered =
                visit(server.client().resolve(server.client().ticket(launched.id())), "");
        String setCookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        // Browsers keep it from the API by its path; it would be of no use there.
        assertThat(setCookie).contains("; Path=/s/" + launched.id() + "/;");
        String cookie = setCookie.split(";", 2)[0];
        for (String path : List.of(ApiPaths.SESSIONS, ApiPaths.ME, ApiPaths.SESSIONS + "/" + launched.id())) {
            HttpResponse<String> answer = visit(server.address().resolve(path), cookie);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        }
    }

    private HttpResponse<String> visit(URI address, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            return server.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesSixthSession() {
        for (int i = 0; i < 5; i++) {
            launch();
        }
        assertProblem(ProblemCode.QUOTA_REACHED, this::launch);
        assertThat(server.client().sessions()).hasSize(5);
    }

    @Test
    void repeatsALaunchOnlyOnce() {
        Session first = server.client().launch(LaunchRequest.defaults(LAB), "the-same-key");
        Session again = server.client().launch(LaunchRequest.defaults(LAB), "the-same-key");
        assertThat(again.id()).isEqualTo(first.id());
        LaunchRequest other = new LaunchRequest(LAB, null, "another", null, null, null, null, null);
        assertProblem(ProblemCode.INVALID_FIELD, () -> server.client().launch(other, "the-same-key"));
        assertThat(server.client().sessions()).hasSize(1);
    }

    @Test
    void pausesAndResumes() {
        Session launched = launch();
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        server.client().change(launched.id(), new SessionChange(null, Desired.PAUSED, null, null));
        server.await(launched.id(), session -> session.state() instanceof SessionState.Paused);
        assertThat(server.client().me().quota().sessions()).isZero();

        server.client().change(launched.id(), new SessionChange(null, Desired.RUNNING, null, null));

        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        assertThat(server.runtime().starts()).isEqualTo(2);
    }

    @Test
    void refusesToResumeBeyondTheQuota() {
        Session paused = launch();
        server.client().change(paused.id(), new SessionChange(null, Desired.PAUSED, null, null));
        server.await(paused.id(), session -> session.state() instanceof SessionState.Paused);
        for (int i = 0; i < 5; i++) {
            launch();
        }
        assertProblem(ProblemCode.QUOTA_REACHED, () -> server.client()
                .change(paused.id(), new SessionChange(null, Desired.RUNNING, null, null)));
    }

    @Test
    void renamesAndExtends() {
        Session launched = launch();
        Session changed = server.client().change(launched.id(), new SessionChange("Mine", null, 60, null));
        assertThat(changed.name()).isEqualTo("Mine");
        assertThat(changed.endsAt()).isEqualTo(launched.endsAt().plusSeconds(3600));
        assertProblem(ProblemCode.CHANGED_MEANWHILE, () -> server.client()
                .change(launched.id(), new SessionChange("Other", null, null, 0L)));
        assertProblem(ProblemCode.INVALID_FIELD, () -> server.client()
                .change(launched.id(), new SessionChange(null, null, 100_000, null)));
    }

    @Test
    void tellsWhyASessionFailedUntilItIsRemoved() {
        Session launched = launch();
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        server.runtime()
                .end(launched.id(), Problem.of(ProblemCode.PROGRAM_ENDED, "It ended with status 3.", "Run it again."));

        Session failed = server.await(launched.id(), session -> session.state() instanceof SessionState.Failed);

        assertThat(((SessionState.Failed) failed.state()).cause()).isEqualTo("It ended with status 3.");
        assertThat(server.client().me().quota().sessions()).isZero();
        assertThat(server.client().log(launched.id(), 0, 10, 0).lines()).isNotEmpty();
        assertThat(server.client().destroy(launched.id())).isEmpty();
        assertProblem(ProblemCode.NOT_FOUND, () -> server.client().session(launched.id()));
    }

    @Test
    void settlesSessionsWhoseProcessesVanishedWithTheServiceBefore() throws Exception {
        Session launched = launch();
        server.await(launched.id(), session -> session.state() instanceof SessionState.Ready);
        server.close();

        server = TestServer.start(folder);

        Session failed = server.await(launched.id(), session -> session.state() instanceof SessionState.Failed);
        SessionState.Failed state = (SessionState.Failed) failed.state();
        assertThat(state.code()).isEqualTo(ProblemCode.INTERRUPTED);
        assertThat(state.remedy()).isEqualTo("Run it again.");
    }

    @Test
    void refusesWhatCannotRunHere() {
        server.runtime().available(Availability.no("The program probe is missing.", "Install probe."));
        assertProblem(ProblemCode.NOT_AVAILABLE_HERE, this::launch);
        assertProblem(ProblemCode.NOT_FOUND, () -> server.client()
                .launch(LaunchRequest.defaults(new DatalabId("no-such-lab"))));
    }

    @Test
    void keepsCustomVolumesThatAreInUse() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Volume volume = server.client().addVolume(new NewVolume("My Data", data.toString(), true, null, null));
        assertThat(volume.id().value()).isEqualTo("my-data");
        Session user = server.client()
                .launch(new LaunchRequest(
                        LAB,
                        null,
                        "User",
                        null,
                        null,
                        List.of(new Mount(volume.id(), "/data/mine", true)),
                        null,
                        null));
        assertProblem(ProblemCode.VOLUME_IN_USE, () -> server.client().removeVolume(volume.id()));
        server.client().destroy(user.id());
        server.await(user.id(), session -> session.state() instanceof SessionState.Stopped);
        server.client().removeVolume(volume.id());
        assertThat(server.client().volumes()).isEmpty();
        assertProblem(ProblemCode.NOT_FOUND, () -> server.client().removeVolume(volume.id()));
    }

    @Test
    void refusesFoldersThatAreNotForDatalabs() {
        for (String place :
                List.of("/etc", "relative", "/no/such/folder", "/proc/self", folder.resolve("state") + "")) {
            assertProblem(ProblemCode.INVALID_FIELD, () -> server.client()
                    .addVolume(new NewVolume("x", place, true, null, null)));
        }
    }

    @Test
    void needsTheToken() throws Exception {
        HttpResponse<String> without =
                server.send(HttpRequest.newBuilder(server.address().resolve("/api/v1/me")));
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        HttpResponse<String> wrong =
                server.send(HttpRequest.newBuilder(server.address().resolve("/api/v1/me"))
                        .header("Authorization", "Bearer " + TestServer.TOKEN + "x"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(server.send(HttpRequest.newBuilder(server.address().resolve("/health")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(HttpRequest.newBuilder(server.address().resolve("/ready")))
                        .statusCode())
                .isEqualTo(200);
    }

    private Session launch() {
        return server.client().launch(LaunchRequest.defaults(LAB));
    }

    private static void assertProblem(ProblemCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, failure -> assertThat(
                        Optional.of(failure.problem().code()))
                .hasValue(code));
    }
}
