package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.SessionId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this computer cannot do, said in words. */
class RefusalTest {
    @TempDir
    Path folder;

    @Test
    void namesTheMissingPackage() throws IOException {
        try (LocalRuntime runtime = new LocalRuntime(folder, Clock.systemUTC())) {
            LocalCommand command = new LocalCommand(
                    List.of("frobnicate"), List.of(new Need("frobnicate", "frob"), new Need("sh", "dash")), Map.of());

            Availability availability = runtime.availability(version(command), Kind.DESKTOP);

            assertThat(availability.available()).isFalse();
            assertThat(availability.reason()).isEqualTo("frobnicate is not installed on this computer.");
            assertThat(availability.remedy())
                    .isEqualTo("Install the package frob, for example with: sudo apt install frob");
        }
    }

    @Test
    void saysThatAnImageNeedsACluster() throws IOException {
        try (LocalRuntime runtime = new LocalRuntime(folder, Clock.systemUTC())) {
            assertThat(runtime.availability(version(null), Kind.WEB).reason())
                    .isEqualTo("Needs a cluster datazone: it comes as a container image only.");
        }
    }

    @Test
    void runsNothingWithoutASandbox() throws IOException {
        Programs none = new Programs(List.of(Files.createDirectory(folder.resolve("bin"))));
        try (LocalRuntime runtime = new LocalRuntime(folder.resolve("state"), Clock.systemUTC(), none)) {
            LocalCommand command = new LocalCommand(List.of("sh"), List.of(), Map.of());
            assertThat(runtime.availability(version(command), Kind.WEB).remedy())
                    .contains("sudo apt install bubblewrap");
            assertThat(runtime.describe().notices()).first().asString().contains("bubblewrap");

            Observation.Ended ended = start(runtime);

            assertThat(ended.problem().code()).isEqualTo(ProblemCode.SANDBOX_UNAVAILABLE);
        }
    }

    @Test
    void refusesAStateFolderWhosePathIsTooLongForASocket() throws IOException {
        Path deep = folder.resolve("a".repeat(100));
        try (LocalRuntime runtime = new LocalRuntime(deep, Clock.systemUTC())) {
            Observation.Ended ended = start(runtime);

            assertThat(ended.problem().code()).isEqualTo(ProblemCode.START_FAILED);
            assertThat(ended.problem().what()).contains("path of the state folder is too long");
        }
    }

    @Test
    void saysWhenTheDiskIsFull() throws Exception {
        // Only root can make a small disk.
        assumeThat(Account.ownUid()).isZero();
        Path small = Files.createDirectory(folder.resolve("small"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=8m", "none", small.toString()))
                .isZero();
        try (LocalRuntime runtime = new LocalRuntime(small.resolve("state"), Clock.systemUTC())) {
            Observation.Ended ended = start(runtime);

            assertThat(ended.problem().code()).isEqualTo(ProblemCode.DISK_FULL);
        } finally {
            assertThat(run("umount", small.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static Observation.Ended start(LocalRuntime runtime) {
        SessionId id = SessionId.random(new Random());
        runtime.start(Order.shell("true").spec(id));
        Harness.await("ended", () -> runtime.observe(id) instanceof Observation.Ended);
        Observation.Ended ended = (Observation.Ended) runtime.observe(id);
        runtime.stop(id);
        Harness.await("gone", () -> runtime.observe(id) instanceof Observation.Absent);
        return ended;
    }

    private static Version version(@Nullable LocalCommand command) {
        return new Version(
                "1",
                LocalDate.of(2026, 1, 1),
                "image:1",
                command,
                10000,
                "{base}",
                "",
                null,
                null,
                Home.PERSONAL,
                "",
                null,
                false);
    }
}
