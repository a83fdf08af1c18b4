package org.datalabs.desktop.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCommandTest {

    @Test
    void obeysTheLauncher(@TempDir Path folder) throws IOException {
        Path jar = Files.createFile(folder.resolve("backend.jar"));
        Path archive = Files.createFile(folder.resolve("backend.jsa"));
        Map<String, String> properties = Map.of(
                "java.home",
                "/opt/java",
                "datalabs.backend.jar",
                jar.toString(),
                "datalabs.backend.options",
                " -Xmx200m  -XX:+UseSerialGC ",
                "datalabs.backend.archive",
                archive.toString());

        assertThat(EmbeddedCommand.of(properties::get).words())
                .startsWith("/opt/java/bin/java", "-Xmx200m", "-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + archive)
                .endsWith("-jar", jar.toString());
    }

    @Test
    void boundsTheMemoryByItself(@TempDir Path folder) throws IOException {
        Path jar = Files.createFile(folder.resolve("backend.jar"));
        Map<String, String> properties = Map.of("java.home", "/opt/java", "datalabs.backend.jar", jar.toString());

        assertThat(EmbeddedCommand.of(properties::get).words())
                .anyMatch(word -> word.startsWith("-Xmx"))
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
    }

    @Test
    void isEmptyWithoutAService() {
        Map<String, String> properties =
                Map.of("java.home", "/opt/java", "datalabs.backend.jar", "/nowhere/backend.jar");

        assertThat(EmbeddedCommand.of(properties::get).words()).isEmpty();
    }

    @Test
    void findsTheFoldersOfTheUser() {
        Map<String, String> none = Map.of();
        Map<String, String> home = Map.of("user.home", "/home/anna");
        Map<String, String> xdg = Map.of("XDG_STATE_HOME", "/var/anna", "XDG_CONFIG_HOME", "relative");
        Map<String, String> own = Map.of("user.home", "/home/anna", "datalabs.state", "/tmp/state");

        assertThat(AppFolders.of(home::get, none::get))
                .isEqualTo(new AppFolders(
                        Path.of("/home/anna/.config/datalabs"), Path.of("/home/anna/.local/state/datalabs")));
        assertThat(AppFolders.of(home::get, xdg::get))
                .isEqualTo(new AppFolders(Path.of("/home/anna/.config/datalabs"), Path.of("/var/anna/datalabs")));
        assertThat(AppFolders.of(own::get, xdg::get).state()).isEqualTo(Path.of("/tmp/state"));
    }
}
