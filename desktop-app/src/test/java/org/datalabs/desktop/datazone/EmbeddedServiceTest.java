package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServiceTest {
    private static final Problem SILENCE = Problem.of(ProblemCode.UNREACHABLE, "127.0.0.1:1 does not answer.", "");

    @TempDir
    private Path folder;

    private @Nullable EmbeddedService service;

    @AfterEach
    void end() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void startsAServiceThatTakesItsTokenOnly() throws Exception {
        Endpoint endpoint = service("serves").open();

        try (DatazoneClient client = client(endpoint, endpoint.token());
                DatazoneClient stranger = client(endpoint, "another")) {
            assertThat(client.info().name()).isEqualTo("Test");
            assertThatThrownBy(stranger::info).isInstanceOf(ProblemException.class);
        }
        assertThat(endpoint.toString()).doesNotContain(String.valueOf(endpoint.token()));
    }

    @Test
    void keepsTheOneThatRuns() throws Exception {
        EmbeddedService running = service("serves");

        assertThat(running.open()).isEqualTo(running.open());
    }

    @Test
    void endsTheServiceWithItself() throws Exception {
        EmbeddedService running = service("serves");
        running.open();
        ProcessHandle process = process();
        running.close();

        Eventually.holds("the process ends", () -> !process.isAlive());
    }

    @Test
    void saysThatItDiedAndStartsItAnew() throws Exception {
        EmbeddedService running = service("serves");
        running.open();
        process().destroyForcibly();

        Problem cause = running.explain(SILENCE);

        assertThat(cause.what()).contains("ended unexpectedly").contains("137");
        assertThat(running.isGone()).isTrue();
        Endpoint second = running.open();
        try (DatazoneClient client = client(second, second.token())) {
            assertThat(client.info().name()).isEqualTo("Test");
        }
    }

    @Test
    void keepsWhatTheServiceWritesInALog() throws Exception {
        service("serves").open();

        Path log = folders().desktop().resolve("backend.log");
        Eventually.holds(
                "both are in the log",
                () -> read(log).contains("serving") && read(log).contains("a word"));
        assertThat(read(log)).doesNotContain("ready");
    }

    @Test
    void tellsTheServicesOwnProblem() {
        assertThat(problemOf("refuses"))
                .isEqualTo(Problem.of(ProblemCode.ALREADY_RUNNING, "It runs already.", "Close the other one."));
    }

    @Test
    void namesTheLogOfAServiceThatEndsAtOnce() {
        Problem problem = problemOf("fails");

        assertThat(problem.what()).contains("ended before it was ready").contains("4");
        assertThat(problem.remedy()).contains("backend.log");
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndEndsIt() {
        assertThat(problemOf("babbles").what()).contains("not understood");

        Eventually.holds("the process ends", () -> ProcessHandle.of(pid()).isEmpty());
    }

    @Test
    void waitsForAServiceOnlySoLong() {
        EmbeddedService silent =
                new EmbeddedService(TestBackend.command("waits"), folders(), Duration.ofSeconds(1), Clock.systemUTC());
        service = silent;

        assertThatThrownBy(silent::open)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(failure -> failure.problem().what())
                .asString()
                .contains("not ready within 1 seconds");
    }

    @Test
    void saysThatThereIsNoServiceToStart() {
        EmbeddedService none = new EmbeddedService(
                new EmbeddedCommand(List.of()), folders(), Duration.ofSeconds(1), Clock.systemUTC());

        assertThatThrownBy(none::open)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(failure -> failure.problem().code())
                .isEqualTo(ProblemCode.PROGRAM_MISSING);
    }

    private EmbeddedService service(String manner) {
        EmbeddedService made =
                new EmbeddedService(TestBackend.command(manner), folders(), Duration.ofSeconds(30), Clock.systemUTC());
        service = made;
        return made;
    }

    private Problem problemOf(String manner) {
        try {
            throw new AssertionError("opened " + service(manner).open());
        } catch (ProblemException refused) {
            return refused.problem();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private AppFolders folders() {
        return new AppFolders(folder.resolve("config"), folder.resolve("state"));
    }

    private ProcessHandle process() {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private long pid() {
        return Long.parseLong(read(folders().state().resolve("test-backend.pid")));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static DatazoneClient client(Endpoint endpoint, @Nullable String token) {
        return new DatazoneClient(endpoint.address(), () -> Optional.ofNullable(token));
    }
}
