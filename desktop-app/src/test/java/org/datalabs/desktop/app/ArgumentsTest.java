package org.datalabs.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void readsDatazoneAndStateInAnyOrder() {
        assertThat(Arguments.read(List.of("--state", "/tmp/x", "--datazone", "http://127.0.0.1:8080")))
                .isEqualTo(new Arguments.Reading.Good(
                        new Arguments(URI.create("http://127.0.0.1:8080"), Path.of("/tmp/x"), false)));
        assertThat(Arguments.read(List.of())).isEqualTo(new Arguments.Reading.Good(new Arguments(null, null, false)));
    }

    @Test
    void rehearsesInTheFolderThatIsGiven() {
        assertThat(Arguments.read(List.of("--train", "/tmp/x")))
                .isEqualTo(new Arguments.Reading.Good(new Arguments(null, Path.of("/tmp/x"), true)));
    }

    @Test
    void helpGoesBeforeEverythingElse() {
        assertThat(Arguments.read(List.of("--help"))).isInstanceOf(Arguments.Reading.Help.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--colour",
                "--datazone",
                "--state",
                "--train",
                "--datazone ftp://example.org",
                "--datazone http://",
                "--datazone http://user:secret@example.org",
                "--datazone http://example.org/?token=1",
                "extra"
            })
    void refusesWhatItDoesNotKnowWithASentence(String line) {
        Arguments.Reading reading = Arguments.read(List.of(line.split(" ")));

        assertThat(reading).isInstanceOfSatisfying(Arguments.Reading.Bad.class, bad -> assertThat(bad.message())
                .isNotBlank()
                .doesNotContain("secret"));
    }
}
