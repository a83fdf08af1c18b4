package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.desktop.task.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredDatazonesTest {
    private static final String SECRET = "very-secret";

    @TempDir
    private Path folder;

    private final UiThread ui = new UiThread();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestDatazoneServer server = new TestDatazoneServer(SECRET).start();
    private final List<ConfiguredDatazones> opened = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        opened.forEach(ConfiguredDatazones::close);
        server.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        ui.close();
    }

    @Test
    void beginsWithThisComputer() {
        ConfiguredDatazones datazones = open("serves");
        Datazone local = ui.ask(() -> datazones.currentProperty().get());

        assertThat(ui.ask(() -> List.copyOf(datazones.all()))).containsExactly(local);
        assertThat(local.isLocal()).isTrue();
        assertThat(local.name()).isEqualTo("This computer");
        waitUntilOnline(local);
        assertThat(String.valueOf(local.address())).startsWith("http://127.0.0.1:");
    }

    @Test
    void comesBackWhenTheServiceOfThisComputerIsKilled() throws IOException {
        ConfiguredDatazones datazones = open("serves");
        Datazone local = ui.ask(() -> datazones.currentProperty().get());
        waitUntilOnline(local);
        List<Connection> seen = new ArrayList<>();
        ui.execute(() -> local.connectionProperty().addListener((property, before, now) -> seen.add(now)));
        long first = pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        ui.waitFor(
                "offline then online",
                () -> seen.stream().anyMatch(Connection.Offline.class::isInstance)
                        && local.connectionProperty().get() instanceof Connection.Online);

        assertThat(pid()).isNotEqualTo(first);
        assertThat(ui.ask(() -> List.copyOf(seen)))
                .filteredOn(Connection.Offline.class::isInstance)
                .first()
                .satisfies(offline -> assertThat(
                                ((Connection.Offline) offline).cause().what())
                        .contains("ended unexpectedly"));
    }

    @Test
    void saysThatDatalabsRunsAlready() {
        ConfiguredDatazones datazones = open("refuses");
        Datazone local = ui.ask(() -> datazones.currentProperty().get());

        ui.waitFor(
                "the reason",
                () -> local.connectionProperty().get() instanceof Connection.Offline offline
                        && offline.cause().code() == ProblemCode.ALREADY_RUNNING);
    }

    @Test
    void remembersWhatWasAddedAndChosen() {
        ConfiguredDatazones before = open("waits");
        Datazone added =
                ui.ask(() -> before.add(" Cluster ", server.address(), SECRET)).join();
        ui.ask(() -> {
            before.select(added);
            return true;
        });
        Eventually.holds("the choice is kept", () -> read("datazones.json").contains("\"current\" : \"" + added.key()));
        Eventually.holds("the token is kept", () -> read("tokens.json").contains(SECRET));

        ConfiguredDatazones after = open("waits");
        Datazone current = ui.ask(() -> after.currentProperty().get());

        assertThat(current.name()).isEqualTo("Cluster");
        assertThat(ui.ask(() -> after.all().size())).isEqualTo(2);
        waitUntilOnline(current);
        assertThat(read("datazones.json")).doesNotContain(SECRET);
        assertThat(permissions("tokens.json")).isEqualTo("rw-------");
    }

    @Test
    void forgetsWhatWasRemoved() {
        ConfiguredDatazones datazones = open("waits");
        Datazone added =
                ui.ask(() -> datazones.add("Cluster", server.address(), SECRET)).join();
        waitUntilOnline(added);
        Path catalogue = folder.resolve("state/desktop/catalogues/" + added.key() + ".catalogue");
        Eventually.holds("its catalogue is kept", () -> Files.exists(catalogue));
        ui.ask(() -> {
            datazones.select(added);
            datazones.remove(added);
            return true;
        });

        assertThat(ui.ask(() -> datazones.currentProperty().get().isLocal())).isTrue();
        Eventually.holds("the token is gone", () -> !read("tokens.json").contains(SECRET));
        Eventually.holds("the catalogue is gone", () -> !Files.exists(catalogue));
        Eventually.holds("the list is empty", () -> !read("datazones.json").contains("Cluster"));
    }

    @Test
    void doesNotRemoveThisComputer() {
        ConfiguredDatazones datazones = open("waits");
        ui.ask(() -> {
            datazones.remove(datazones.all().get(0));
            return true;
        });

        assertThat(ui.ask(() -> datazones.all().size())).isEqualTo(1);
    }

    @Test
    void addsOnlyWhatAnswers() {
        ConfiguredDatazones datazones = open("waits");

        assertThat(problemOf(datazones, "Cluster", server.address(), "wrong").code())
                .isEqualTo(ProblemCode.NOT_SIGNED_IN);
        server.stop();
        assertThat(problemOf(datazones, "Cluster", server.address(), SECRET).code())
                .isEqualTo(ProblemCode.UNREACHABLE);
        assertThat(ui.ask(() -> datazones.all().size())).isEqualTo(1);
    }

    @Test
    void namesTheValueThatIsWrong() {
        ConfiguredDatazones datazones = open("waits");
        URI insecure = URI.create("http://datalabs.example.org");

        assertThat(problemOf(datazones, " ", server.address(), null).fields())
                .extracting(FieldError::field)
                .containsExactly("name");
        assertThat(problemOf(datazones, "Cluster", URI.create("ftp://example.org"), null)
                        .fields())
                .extracting(FieldError::field)
                .containsExactly("address");
        assertThat(problemOf(datazones, "Cluster", insecure, SECRET).text()).contains("https");
    }

    @Test
    void opensOnAGivenDatazoneWithoutKeepingIt() {
        ConfiguredDatazones datazones = open("waits", new ConfiguredDatazones.GivenDatazone(server.address(), SECRET));
        Datazone given = ui.ask(() -> datazones.currentProperty().get());

        waitUntilOnline(given);
        assertThat(given.isLocal()).isFalse();
        assertThat(ui.ask(() -> datazones.all().size())).isEqualTo(2);
        assertThat(read("datazones.json")).isEmpty();
    }

    @Test
    void wantsATokenForAGivenDatazone() {
        ConfiguredDatazones datazones = open("waits", new ConfiguredDatazones.GivenDatazone(server.address(), null));

        assertThat(datazones.wanted()).contains(server.address());
        assertThat(ui.ask(() -> datazones.currentProperty().get().isLocal())).isTrue();

        ui.ask(() -> datazones.add("Cluster", server.address(), SECRET)).join();
        Eventually.holds("the token is kept", () -> read("tokens.json").contains(SECRET));
        ConfiguredDatazones after = open("waits", new ConfiguredDatazones.GivenDatazone(server.address(), null));
        assertThat(after.wanted()).isEmpty();
        assertThat(ui.ask(() -> after.currentProperty().get().name())).isEqualTo("Cluster");
    }

    @Test
    void keepsADamagedListAsideAndSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/datazones.json"), "{\"format\":1,");

        ConfiguredDatazones datazones = open("waits");

        assertThat(ui.ask(() -> datazones.all().size())).isEqualTo(1);
        assertThat(datazones.damage()).get().satisfies(problem -> assertThat(problem.text())
                .contains("datazones.json.damaged-"));
    }

    private ConfiguredDatazones open(String manner) {
        return open(manner, null);
    }

    private ConfiguredDatazones open(String manner, ConfiguredDatazones.@Nullable GivenDatazone given) {
        ConfiguredDatazones datazones = ui.ask(() -> new ConfiguredDatazones(
                new AppFolders(folder.resolve("config"), folder.resolve("state")),
                TestBackend.command(manner),
                given,
                threads,
                ui,
                new BackgroundTasks(threads, ui),
                Clock.systemUTC()));
        opened.add(datazones);
        return datazones;
    }

    private void waitUntilOnline(Datazone datazone) {
        ui.waitFor("online", () -> datazone.connectionProperty().get() instanceof Connection.Online);
    }

    private Problem problemOf(ConfiguredDatazones datazones, String name, URI address, @Nullable String token) {
        CompletableFuture<Datazone> adding = ui.ask(() -> datazones.add(name, address, token));
        try {
            throw new AssertionError("added " + adding.join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ProblemException told) {
                return told.problem();
            }
            throw failed;
        }
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("state/test-backend.pid")));
    }

    private String read(String name) {
        Path file = folder.resolve("config").resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private String permissions(String name) {
        try {
            return PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve("config").resolve(name)));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
