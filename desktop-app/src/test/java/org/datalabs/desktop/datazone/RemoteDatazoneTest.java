package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.Marks;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.desktop.task.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteDatazoneTest {
    private static final DatalabId TOPCAT = new DatalabId("topcat");
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));

    @TempDir
    private Path folder;

    private final UiThread ui = new UiThread();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BackgroundTasks shown = new BackgroundTasks(threads, ui);
    private final TestDatazoneServer server = new TestDatazoneServer("open-sesame");
    private @Nullable RemoteDatazone open;

    @AfterEach
    void end() throws InterruptedException {
        if (open != null) {
            open.close();
        }
        server.close();
        threads.shutdown();
        // The catalogue may still be on its way to the disk.
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        ui.close();
    }

    @Test
    void readsEverythingThenIsOnline() {
        server.setSessions(FakeDatalabs.ready(1, FakeDatalabs.topcat()), FakeDatalabs.ready(2, FakeDatalabs.jupyter()));
        RemoteDatazone datazone = connect();

        assertThat(ui.ask(() -> datazone.catalogueProperty().get().byId())).hasSize(3);
        assertThat(ui.ask(() -> List.copyOf(datazone.sessions())))
                .extracting(Session::name)
                .containsExactly("JupyterLab 2", "TOPCAT 1");
        assertThat(ui.ask(() -> List.copyOf(datazone.volumes()))).containsExactly(FakeDatalabs.samples());
        assertThat(ui.ask(() -> String.valueOf(datazone.infoProperty().get()))).contains("Test");
        assertThat(ui.ask(() -> String.valueOf(datazone.meProperty().get()))).contains("Anna");
    }

    @Test
    void appliesEventsInTheirOrder() {
        RemoteDatazone datazone = connect();
        Session first = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        Session second = FakeDatalabs.ready(2, FakeDatalabs.jupyter());
        for (int round = 0; round < 200; round++) {
            String name = "round " + round;
            server.tell(new DatazoneEvent.SessionChanged(
                    first.with(new SessionState.Pending(name, "", FakeDatalabs.NOON))));
            server.tell(new DatazoneEvent.SessionChanged(second));
        }
        server.tell(new DatazoneEvent.SessionChanged(first));
        server.tell(new DatazoneEvent.SessionRemoved(second.id()));
        QuotaUse quota = new QuotaUse(FakeDatalabs.QUOTA, 4, first.resources());
        server.tell(new DatazoneEvent.QuotaChanged(quota));

        ui.waitFor("the last event", () -> datazone.meProperty().get().quota().equals(quota));
        assertThat(ui.ask(() -> List.copyOf(datazone.sessions()))).containsExactly(first);
    }

    @Test
    void doesNotBringBackASessionWhoseEndWasToldBeforeTheAnswer() {
        RemoteDatazone datazone = connect();
        server.tell(new DatazoneEvent.SessionRemoved(
                FakeDatalabs.ready(7, FakeDatalabs.topcat()).id()));
        Session other = FakeDatalabs.ready(1, FakeDatalabs.jupyter());
        server.tell(new DatazoneEvent.SessionChanged(other));
        ui.waitFor("the events", () -> datazone.sessions().contains(other));
        ui.ask(() -> datazone.launch(LaunchRequest.defaults(TOPCAT))).join();

        assertThat(ui.ask(() -> List.copyOf(datazone.sessions()))).containsExactly(other);
    }

    @Test
    void readsAnewWhatAnEventSaysHasChanged() {
        RemoteDatazone datazone = connect();
        server.setCatalogue("r2", List.of(FakeDatalabs.topcat()));
        server.setVolumes();
        server.tell(new DatazoneEvent.CatalogueChanged("r2"));
        server.tell(new DatazoneEvent.VolumesChanged());

        ui.waitFor(
                "the new catalogue",
                () -> datazone.catalogueProperty().get().revision().equals("r2"));
        ui.waitFor("no volumes", () -> datazone.volumes().isEmpty());
    }

    @Test
    void readsEverythingAnewOnAResync() {
        RemoteDatazone datazone = connect();
        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        server.setSessions(session);
        server.tell(new DatazoneEvent.Resync());

        ui.waitFor("the session", () -> datazone.sessions().contains(session));
    }

    @Test
    void fillsUsageWithThePastAndGoesOnWithEvents() {
        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        UsageSample past = new UsageSample(session.id(), FakeDatalabs.NOON, 100, 1000);
        UsageSample news = new UsageSample(session.id(), FakeDatalabs.NOON.plusSeconds(5), 200, 2000);
        server.setSessions(session);
        server.setUsage(past);
        RemoteDatazone datazone = connect();
        ui.waitFor("the past", () -> datazone.usage(session.id()).contains(past));
        server.tell(new DatazoneEvent.Usage(List.of(news)));

        ui.waitFor("the news", () -> datazone.usage(session.id()).equals(List.of(past, news)));
    }

    @Test
    void comesBackByItselfWhenTheDatazoneDoes() {
        RemoteDatazone datazone = connect();
        server.stop();
        ui.waitFor("offline", () -> datazone.connectionProperty().get() instanceof Connection.Offline);
        Connection.Offline offline =
                ui.ask(() -> (Connection.Offline) datazone.connectionProperty().get());
        assertThat(offline.cause().code()).isEqualTo(ProblemCode.UNREACHABLE);

        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        server.tell(new DatazoneEvent.SessionChanged(session));
        server.start();

        waitUntilOnline(datazone);
        ui.waitFor("what happened meanwhile", () -> datazone.sessions().contains(session));
    }

    @Test
    void triesAtOnceWhenAskedAndStaysOfflineSinceTheSameMoment() {
        RemoteDatazone datazone = connect();
        List<Connection> seen = new ArrayList<>();
        server.stop();
        ui.waitFor("offline", () -> datazone.connectionProperty().get() instanceof Connection.Offline);
        ui.execute(() -> datazone.connectionProperty().addListener((property, before, now) -> seen.add(now)));
        datazone.retryNow();
        ui.waitFor("a try and a wait", () -> seen.size() >= 2);

        List<Connection> states = ui.ask(() -> List.copyOf(seen));
        assertThat(states).allSatisfy(state -> assertThat(state).isInstanceOf(Connection.Offline.class));
        assertThat(((Connection.Offline) states.get(0)).nextTry()).isNull();
        assertThat(((Connection.Offline) states.get(1)).nextTry()).isNotNull();
        assertThat(states)
                .extracting(state -> ((Connection.Offline) state).since())
                .containsOnly(((Connection.Offline) states.get(0)).since());
    }

    @Test
    void refusesEveryCommandAtOnceWhileOffline() {
        RemoteDatazone datazone = connect();
        server.stop();
        ui.waitFor("offline", () -> datazone.connectionProperty().get() instanceof Connection.Offline);
        int asked = server.requests().size();
        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());

        List<CompletableFuture<?>> commands = ui.ask(() -> List.of(
                datazone.launch(LaunchRequest.defaults(TOPCAT)),
                datazone.destroy(session.id()),
                datazone.mark(TOPCAT, new Marks(true, null)),
                datazone.addVolume(new NewVolume("Mine", "/data", true, null, null)),
                datazone.history(),
                datazone.log(session.id(), 0, 10, 0),
                datazone.ticket(session.id())));

        assertThat(commands).allSatisfy(command -> {
            assertThat(command).isCompletedExceptionally();
            Problem problem = problemOf(command);
            assertThat(problem.code()).isEqualTo(ProblemCode.UNREACHABLE);
            assertThat(problem.text()).contains("Somewhere is offline").contains("nothing was queued");
        });
        server.start();
        waitUntilOnline(datazone);
        assertThat(server.requests().subList(asked, server.requests().size()))
                .noneMatch(request -> request.startsWith("POST") || request.startsWith("PUT"));
    }

    @Test
    void showsALaunchedSessionBeforeItsEvent() {
        RemoteDatazone datazone = connect();
        Session launched =
                ui.ask(() -> datazone.launch(LaunchRequest.defaults(TOPCAT))).join();

        assertThat(ui.ask(() -> List.copyOf(datazone.sessions()))).containsExactly(launched);
        assertThat(ui.ask(() -> shown.running().isEmpty())).isTrue();
    }

    @Test
    void learnsOfTheRunThatItBegan() {
        RemoteDatazone datazone = connect();
        CatalogueEntry before = FakeDatalabs.topcat();
        CatalogueEntry after = new CatalogueEntry(
                before.datalab(),
                before.availability(),
                before.stars() + 1,
                before.runs() + 1,
                before.starred(),
                before.bookmarked());
        server.setCatalogue("r1", List.of(after));
        ui.ask(() -> datazone.launch(LaunchRequest.defaults(TOPCAT))).join();

        ui.waitFor(
                "the run", () -> datazone.catalogueProperty().get().find(TOPCAT).equals(Optional.of(after)));
    }

    @Test
    void tellsTheDatazonesOwnRefusal() {
        RemoteDatazone datazone = connect();
        server.refuseLaunches(Problem.of(ProblemCode.QUOTA_REACHED, "Five run already.", "Destroy one."));

        Problem problem = problemOf(ui.ask(() -> datazone.launch(LaunchRequest.defaults(TOPCAT))));

        assertThat(problem.code()).isEqualTo(ProblemCode.QUOTA_REACHED);
        assertThat(problem.what()).isEqualTo("Five run already.");
    }

    @Test
    void showsMarksAtOnce() {
        RemoteDatazone datazone = connect();
        ui.ask(() -> datazone.mark(TOPCAT, new Marks(true, true))).join();

        assertThat(ui.ask(() -> datazone.catalogueProperty().get().byId().get(TOPCAT)))
                .satisfies(entry -> {
                    assertThat(entry.starred()).isTrue();
                    assertThat(entry.bookmarked()).isTrue();
                });
    }

    @Test
    void resolvesTicketsAgainstItsAddress() {
        RemoteDatazone datazone = connect();
        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());

        assertThat(ui.ask(() -> datazone.ticket(session.id())).join())
                .isEqualTo(URI.create(server.address() + "/s/" + session.id() + "/?ticket=secret"));
    }

    @Test
    void searchesTheLastCatalogueWithoutItsDatazone() {
        connect().close();
        server.stop();
        RemoteDatazone datazone = datazone(server.address());
        datazone.start();

        assertThat(ui.ask(() -> datazone.search(
                                new CatalogueQuery("topcat", Map.of(), CatalogueQuery.Sort.RELEVANCE, 0, 10)))
                        .join()
                        .hits())
                .containsExactly(TOPCAT);
        ui.waitFor(
                "the catalogue", () -> datazone.catalogueProperty().get().byId().size() == 3);
        ui.waitFor("offline", () -> datazone.connectionProperty().get() instanceof Connection.Offline);
    }

    @Test
    void doesNotReadAnUnchangedCatalogueAgain() {
        RemoteDatazone first = connect();
        Instant readAt = ui.ask(() -> first.catalogueProperty().get().readAt());
        first.close();
        RemoteDatazone datazone = datazone(server.address());
        datazone.start();
        waitUntilOnline(datazone);

        assertThat(ui.ask(() -> datazone.catalogueProperty().get().readAt())).isAfter(readAt);
        assertThat(ui.ask(() -> datazone.catalogueProperty().get().byId())).hasSize(3);
    }

    @Test
    void searchesTheNewCatalogueAfterAChange() {
        RemoteDatazone datazone = connect();
        CatalogueQuery all = CatalogueQuery.ALL;
        assertThat(ui.ask(() -> datazone.search(all)).join().total()).isEqualTo(3);
        server.setCatalogue("r2", List.of(FakeDatalabs.topcat()));
        server.tell(new DatazoneEvent.CatalogueChanged("r2"));

        Eventually.holds(
                "the new index", () -> ui.ask(() -> datazone.search(all)).join().total() == 1);
    }

    @Test
    void saysThatTheTokenIsNotTaken() {
        server.start();
        RemoteDatazone datazone = datazone(server.address(), "wrong");
        datazone.start();

        ui.waitFor(
                "the reason",
                () -> datazone.connectionProperty().get() instanceof Connection.Offline offline
                        && offline.cause().code() == ProblemCode.NOT_SIGNED_IN);
    }

    @Test
    void dropsTheSamplesOfASessionThatEnded() {
        Session session = FakeDatalabs.ready(1, FakeDatalabs.topcat());
        server.setSessions(session);
        server.setUsage(new UsageSample(session.id(), FakeDatalabs.NOON, 100, 1000));
        RemoteDatazone datazone = connect();
        ui.waitFor("samples", () -> !datazone.usage(session.id()).isEmpty());
        server.tell(new DatazoneEvent.SessionChanged(session.with(
                new SessionState.Failed(ProblemCode.PROGRAM_ENDED, "It ended.", "Run it again.", FakeDatalabs.NOON))));

        ui.waitFor("no samples", () -> datazone.usage(session.id()).isEmpty());
        assertThat(ui.ask(() -> datazone.sessions().size())).isEqualTo(1);
    }

    private RemoteDatazone connect() {
        server.start();
        RemoteDatazone datazone = datazone(server.address());
        datazone.start();
        waitUntilOnline(datazone);
        return datazone;
    }

    private void waitUntilOnline(RemoteDatazone datazone) {
        ui.waitFor("online", () -> datazone.connectionProperty().get() instanceof Connection.Online);
    }

    private RemoteDatazone datazone(URI address) {
        return datazone(address, "open-sesame");
    }

    private RemoteDatazone datazone(URI address, String token) {
        RemoteDatazone made = new RemoteDatazone(
                new RemoteDatazone.Identity("somewhere", "Somewhere", false, address),
                new FixedAccess(new Endpoint(address, token), "Connecting"),
                QUICK,
                new CatalogueFile(folder, "somewhere", Clock.systemUTC()),
                new RemoteDatazone.Surroundings(threads, ui, shown, Clock.systemUTC()));
        open = made;
        return made;
    }

    private static Problem problemOf(CompletableFuture<?> command) {
        try {
            throw new AssertionError("it succeeded: " + command.join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ProblemException told) {
                return told.problem();
            }
            throw failed;
        }
    }
}
