package org.datalabs.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.desktop.datazone.AppFolders;
import org.datalabs.desktop.datazone.ConfiguredDatazones;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.EmbeddedCommand;
import org.datalabs.desktop.task.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app's connections with the real backend program as their child process. */
class EmbeddedBackendTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final ExecutorService ui = Executors.newSingleThreadExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable ConfiguredDatazones datazones;

    @AfterEach
    void end() throws InterruptedException {
        if (datazones != null) {
            datazones.close();
        }
        waitFor("the backend ends", () -> backends().isEmpty());
        threads.shutdown();
        assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        ui.shutdown();
    }

    @Test
    void opensTheCatalogueOfThisComputer() {
        Datazone local = open();
        waitUntilOnline(local);

        assertThat(ask(() -> local.catalogueProperty().get().byId()))
                .hasSizeGreaterThanOrEqualTo(15)
                .containsKey(new DatalabId("topcat"));
        assertThat(ask(() -> local.search(CatalogueQuery.ALL)).join().total()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void comesBackWhenTheBackendIsKilled() {
        Datazone local = open();
        waitUntilOnline(local);
        ProcessHandle killed = backends().get(0);
        killed.destroyForcibly();

        waitFor("offline", () -> ask(() -> local.connectionProperty().get() instanceof Connection.Offline));
        waitUntilOnline(local);
        assertThat(backends()).hasSize(1).doesNotContain(killed);
    }

    @Test
    void saysThatAnotherHoldsTheState() {
        waitUntilOnline(open());
        try (ConfiguredDatazones second = make()) {
            Datazone local = ask(() -> second.currentProperty().get());

            waitFor(
                    "the reason",
                    () -> ask(() -> local.connectionProperty().get() instanceof Connection.Offline offline
                            && offline.cause().code() == ProblemCode.ALREADY_RUNNING));
        }
    }

    @Test
    void endsWithItsStandardInput() {
        Datazone local = open();
        waitUntilOnline(local);
        ProcessHandle backend = backends().get(0);
        Objects.requireNonNull(datazones).close();

        waitFor("the backend ends", () -> !backend.isAlive());
        assertThat(folder.resolve("state/db")).exists();
        assertThat(Files.exists(folder.resolve("state/desktop/catalogues/local.catalogue")))
                .isTrue();
    }

    private Datazone open() {
        ConfiguredDatazones made = make();
        datazones = made;
        return ask(() -> made.currentProperty().get());
    }

    private ConfiguredDatazones make() {
        EmbeddedCommand command = new EmbeddedCommand(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.datalabs.backend.server.Main"));
        return ask(() -> new ConfiguredDatazones(
                new AppFolders(folder.resolve("config"), folder.resolve("state")),
                command,
                null,
                threads,
                ui,
                new BackgroundTasks(threads, ui),
                Clock.systemUTC()));
    }

    private void waitUntilOnline(Datazone datazone) {
        waitFor("online", () -> ask(() -> datazone.connectionProperty().get() instanceof Connection.Online));
    }

    private <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        ui.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.join();
    }

    private static List<ProcessHandle> backends() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static void waitFor(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
