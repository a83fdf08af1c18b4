package org.datalabs.backend.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datalabs.core.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataTest {
    @TempDir
    Path state;

    @Test
    void copiesEverySampleOfTheInstalledPackages() throws IOException {
        Volume volume = new SampleData(state).volume();

        Path folder = Path.of(String.valueOf(volume.folder()));
        assertThat(folder).isEqualTo(state.resolve("volumes/samples"));
        assertThat(volume.problem()).isNull();
        assertThat(volume.readOnly()).isTrue();
        assertThat(volume.files()).isEqualTo(6);
        assertThat(volume.sizeBytes()).isBetween(500_000L, 5_000_000L);
        String messier = Files.readString(folder.resolve(String.valueOf(volume.samplePath())));
        assertThat(messier.split("<TR>", -1)).hasSize(110 + 1);
        assertThat(messier).doesNotContain("20x5");
        assertThat(Files.readString(folder.resolve("README.txt")))
                .contains("messier.xml", "starlink-ttools-java", "Astropy reads no");
    }

    @Test
    void namesThePackagesOfMissingSamples() throws IOException {
        Path there = Files.writeString(state.resolve("table.csv"), "a,b\n1,2\n");
        List<SampleSource> sources = List.of(
                new SampleSource("table.csv", "some-package", there, "", "A table.", null),
                new SampleSource("gone.fits", "other-package", state.resolve("gone.fits"), "", "An image.", null),
                new SampleSource(
                        "inside.xml", "third-package", state.resolve("gone.jar"), "a/b.xml", "A table.", null));

        Volume volume = new SampleData(state, sources).volume();

        assertThat(volume.problem()).isNull();
        assertThat(volume.files()).isEqualTo(1);
        assertThat(volume.description()).contains("2 more come with the packages other-package, third-package");
        assertThat(Files.readString(state.resolve("volumes/samples/README.txt")))
                .contains("gone.fits (package other-package)");
    }

    @Test
    void addsSamplesWhosePackageCameLater() throws IOException {
        Path late = state.resolve("late.fits");
        List<SampleSource> sources =
                List.of(new SampleSource("late.fits", "some-package", late, "", "An image.", null));
        assertThat(new SampleData(state, sources).volume().problem()).contains("some-package");

        Files.writeString(late, "SIMPLE  =                    T");

        assertThat(new SampleData(state, sources).volume().problem()).isNull();
    }
}
