package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.ManifestReader;
import org.datalabs.core.catalogue.ManifestResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The datalabs of the built-in catalogue that say they run on one machine. */
class BuiltInDatalabsTest {

    static Datalab builtIn(String id) {
        String file = "/catalogue/" + id + "/datalab.yaml";
        try (Reader text = new InputStreamReader(
                Objects.requireNonNull(BuiltInDatalabsTest.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            ManifestResult result = new ManifestReader().read(file, text);
            assertThat(result).isInstanceOf(ManifestResult.Good.class);
            return ((ManifestResult.Good) result).datalab();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"topcat", "aladin", "ds9", "filezilla", "jupyter"})
    void canRunHere(String id) throws IOException {
        Datalab datalab = builtIn(id);
        try (Harness harness = new Harness()) {
            assertThat(harness.runtime.availability(datalab.versions().get(0), datalab.kind()))
                    .isEqualTo(Availability.YES);
        }
    }
}
