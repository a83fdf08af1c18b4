package org.datalabs.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.ManifestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's folder in which something is wrong. */
class BrokenManifestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void namesFileLineFieldAndRemedyAndLoadsTheRest() throws Exception {
        Path broken = broken("broken");
        Files.writeString(broken, Files.readString(broken) + "colour: red\n");
        Files.write(make("garbage"), new byte[] {0, 1, 2, (byte) 0xff});
        Files.writeString(make("empty"), "");
        try (TestServer server = TestServer.start(folder)) {
            List<ManifestProblem> problems = server.client().catalogueProblems();

            assertThat(problems)
                    .extracting(ManifestProblem::file)
                    .containsExactlyInAnyOrder("broken/datalab.yaml", "garbage/datalab.yaml", "empty/datalab.yaml");
            assertThat(problems).anySatisfy(problem -> {
                assertThat(problem.field()).isEqualTo("colour");
                assertThat(problem.line()).isEqualTo(Files.readAllLines(broken).size());
                assertThat(problem.remedy()).contains("Known fields");
            });
            assertThat(server.client().datalab(new DatalabId("probe-lab"))).isNotNull();
            assertThat(server.client().info().notices())
                    .anySatisfy(notice -> assertThat(notice).contains("3 manifests", "broken/datalab.yaml"));
        }
    }

    @Test
    void takesARepairedManifest() throws Exception {
        Path broken = broken("broken");
        String good = Files.readString(broken);
        Files.writeString(broken, good + "colour: red\n");
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.client().catalogueProblems()).hasSize(1);
            Files.writeString(broken, good);
            Until.present(PATIENCE, () -> Optional.of(server.client().catalogueProblems())
                    .filter(List::isEmpty));

            assertThat(server.client().datalab(new DatalabId("broken"))).isNotNull();
            assertThat(server.client().info().notices()).noneMatch(notice -> notice.contains("manifest"));
        }
    }

    @Test
    void isNotHeldUpByWhatIsNoFile() throws Exception {
        Files.createDirectory(make("folder"));
        Files.createSymbolicLink(make("dangling"), folder.resolve("none"));
        Process pipe = new ProcessBuilder("mkfifo", make("pipe").toString()).start();
        assertThat(pipe.waitFor())
                .as(new String(pipe.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.client().catalogueProblems())
                    .extracting(ManifestProblem::file)
                    .containsExactly("dangling/datalab.yaml", "folder/datalab.yaml", "pipe/datalab.yaml");
            assertThat(server.client().datalab(new DatalabId("probe-lab"))).isNotNull();
        }
    }

    private Path broken(String id) throws Exception {
        TestServer.writeManifest(folder.resolve("catalogue"), id);
        return folder.resolve("catalogue").resolve(id).resolve("datalab.yaml");
    }

    private Path make(String name) throws Exception {
        return Files.createDirectories(folder.resolve("catalogue").resolve(name))
                .resolve("datalab.yaml");
    }
}
