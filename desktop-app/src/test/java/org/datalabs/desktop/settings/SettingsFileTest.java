package org.datalabs.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.util.Subscription;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.theme.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path state;

    @Test
    void keepsWhatTheUserChose() throws IOException {
        SettingsFile file = new SettingsFile(state.resolve("new"), Runnable::run);
        Appearance chosen = new Appearance();
        Subscription followed = file.follow(chosen);
        chosen.schemeProperty().set(Scheme.DARK);
        chosen.reducedProperty().set(true);
        followed.unsubscribe();
        chosen.schemeProperty().set(Scheme.LIGHT);

        Appearance next = loaded(file);

        assertThat(next.schemeProperty().get()).isEqualTo(Scheme.DARK);
        assertThat(next.reducedProperty().get()).isTrue();
        try (Stream<Path> files = Files.list(state.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void startsLightAndMovingWithoutAFile() {
        Appearance appearance = loaded(new SettingsFile(state, Runnable::run));

        assertThat(appearance.schemeProperty().get()).isEqualTo(Scheme.LIGHT);
        assertThat(appearance.reducedProperty().get()).isFalse();
    }

    @Test
    void keepsAnUnreadableFileAside() throws IOException {
        Path file = state.resolve("settings.properties");
        Files.write(file, "scheme=\\u00zz".getBytes(StandardCharsets.US_ASCII));

        assertThat(loaded(new SettingsFile(state, Runnable::run))
                        .schemeProperty()
                        .get())
                .isEqualTo(Scheme.LIGHT);
        assertThat(file).doesNotExist();
        assertThat(state.resolve("settings.properties.unreadable")).exists();
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws IOException {
        Files.writeString(state.resolve("settings.properties"), "scheme=sepia\nfuture=1\nreducedMotion=true\n");

        Appearance appearance = loaded(new SettingsFile(state, Runnable::run));

        assertThat(appearance.schemeProperty().get()).isEqualTo(Scheme.LIGHT);
        assertThat(appearance.reducedProperty().get()).isTrue();
    }

    private static Appearance loaded(SettingsFile file) {
        Appearance appearance = new Appearance();
        file.load(appearance);
        return appearance;
    }
}
