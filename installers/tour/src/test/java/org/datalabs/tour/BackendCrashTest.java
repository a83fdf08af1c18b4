package org.datalabs.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real backend program, killed while datalabs run. */
class BackendCrashTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final int CLICKS = 100;
    private static final int QUOTA = 5;
    private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

    // Not below the module: a socket's path is short.
    private final Path folder = Files.createTempDirectory("datalabs-crash");
    private final ExecutorService clicks = Executors.newFixedThreadPool(CLICKS);
    private final List<Process> started = new ArrayList<>();

    BackendCrashTest() throws IOException {}

    @AfterEach
    void end() throws Exception {
        clicks.shutdownNow();
        for (Process backend : started) {
            backend.destroy();
            assertThat(backend.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void acceptsFiveOfAHundredLaunchesAndLeavesNothingWhenKilled() throws Exception {
        writeManifest();
        Process killed = start();
        List<ProcessHandle> sandboxes;
        try (DatazoneClient client = client(killed)) {
            assertThat(launchAtOnce(client))
                    .containsOnly(ProblemCode.QUOTA_REACHED)
                    .hasSize(CLICKS - QUOTA);
            assertThat(client.sessions()).hasSize(QUOTA);
            waitFor("the programs", () -> napping(killed.toHandle()).size() >= QUOTA);
            sandboxes = killed.descendants().toList();
        }

        killed.destroyForcibly().waitFor();
        try (DatazoneClient client = client(start())) {
            waitFor("the processes end", () -> sandboxes.stream().noneMatch(ProcessHandle::isAlive));
            waitFor("all have failed", () -> client.sessions().stream().allMatch(BackendCrashTest::interrupted));
            assertThat(client.sessions()).hasSize(QUOTA);
            assertThat(client.me().quota().sessions()).isZero();
            waitFor("no socket is left", () -> runFolders().isEmpty());
            client.sessions().forEach(session -> client.destroy(session.id()));
            assertThat(client.sessions()).isEmpty();
        }
    }

    private List<ProblemCode> launchAtOnce(DatazoneClient client) {
        List<CompletableFuture<Optional<ProblemCode>>> answers = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> launch(client), clicks));
        }
        return answers.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ProblemCode> launch(DatazoneClient client) {
        try {
            client.launch(LaunchRequest.defaults(new DatalabId("nap")));
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem().code());
        }
    }

    private static boolean interrupted(Session session) {
        return session.state() instanceof SessionState.Failed failed && failed.code() == ProblemCode.INTERRUPTED;
    }

    private static List<ProcessHandle> napping(ProcessHandle backend) {
        return backend.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/sleep"))
                .toList();
    }

    private List<Path> runFolders() {
        try (Stream<Path> folders = Files.list(folder.resolve("state/run"))) {
            return folders.filter(run -> !run.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start() throws IOException {
        Process backend = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.datalabs.backend.server.Main",
                        "--listen",
                        "127.0.0.1:0",
                        "--state",
                        folder.resolve("state").toString(),
                        "--catalogue",
                        folder.resolve("catalogue").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(backend);
        return backend;
    }

    private DatazoneClient client(Process backend) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(backend.getInputStream(), StandardCharsets.UTF_8));
        Matcher port = PORT.matcher(String.valueOf(output.readLine()));
        assertThat(port.find()).isTrue();
        String token = Files.readString(folder.resolve("state/token")).strip();
        return new DatazoneClient(URI.create("http://127.0.0.1:" + port.group(1)), () -> Optional.of(token));
    }

    private void writeManifest() throws IOException {
        Path file = Files.createDirectories(folder.resolve("catalogue/nap")).resolve("datalab.yaml");
        Files.writeString(file, """
                apiVersion: datalabs/v1
                id: nap
                name: Nap
                kind: web
                summary: A datalab that does nothing for long.
                description: Nothing.
                maintainer: {name: Tests, url: "https://example.org"}
                licence: Apache-2.0
                icon: {path: "M4 4h16v16H4z", tint: teal}
                domains: [Astronomy]
                themes: [Tests]
                resources:
                  least: {cpu: 0.1, memory: 64 MB}
                  most: {cpu: 1, memory: 1 GB, gpu: 0}
                  recommended: small
                  presets:
                    - {id: small, name: Small, cpu: 0.1, memory: 64 MB, note: Enough}
                versions:
                  - name: "1"
                    released: 2024-01-02
                    local:
                      command: [/bin/sh, -c, "sleep 1000000", "{socket}"]
                      needs: []
                """);
    }

    private static void waitFor(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
