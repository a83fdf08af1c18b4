package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.backend.samples.SampleData;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.ManifestReader;
import org.datalabs.core.catalogue.ManifestResult;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Volume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The datalabs of the built-in catalogue that say they run on one machine really do. */
class BuiltInDatalabsTest {
    private static final List<String> LOCAL = List.of("topcat", "aladin", "ds9", "filezilla", "jupyter");

    private static Harness harness;
    private static Volume samples;

    @BeforeAll
    static void open() throws IOException {
        harness = new Harness();
        samples = new SampleData(harness.state.toRealPath()).volume();
    }

    @AfterAll
    static void close() throws IOException {
        harness.close();
    }

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

    @Test
    void showThemselvesAllAtOnce() throws IOException {
        Map<SessionId, Datalab> sessions = new LinkedHashMap<>();
        for (String id : LOCAL) {
            Datalab datalab = builtIn(id);
            assertThat(harness.runtime.availability(datalab.versions().get(0), datalab.kind()))
                    .isEqualTo(Availability.YES);
            sessions.put(harness.start(new Order(datalab).volume(samples)), datalab);
        }

        for (SessionId id : sessions.keySet()) {
            Harness.await(sessions.get(id).name() + " shown", () -> {
                Observation seen = harness.runtime.observe(id);
                assertThat(seen).as(harness.text(id)).isNotInstanceOf(Observation.Ended.class);
                return seen instanceof Observation.Running running && running.shown();
            });
            String answer = sessions.get(id).kind() == Kind.DESKTOP
                    ? Harness.ask(harness.socket(id), "", "\n")
                    : Harness.ask(harness.socket(id), request(id, "api/status"), "kernels");
            assertThat(answer).startsWith(sessions.get(id).kind() == Kind.DESKTOP ? "RFB 003.008\n" : "HTTP/1.1 200");
        }
        assertThat(harness.runtime.usage()).hasSameSizeAs(LOCAL).allMatch(sample -> sample.memoryBytes() > 1_000_000);

        sessions.keySet().forEach(harness.runtime::stop);
        Harness.await("all gone", () -> harness.runtime.existing().isEmpty());
        assertThat(Harness.processesNaming(harness.state.toString())).isEmpty();
    }

    private static String request(SessionId id, String path) {
        return "GET /s/" + id + "/" + path + " HTTP/1.0\r\nHost: localhost\r\n"
                + "Authorization: token secret-token-0123456789\r\n\r\n";
    }

    @Test
    void jupyterAsksForItsTokenAndKeepsItOutOfTheLog() throws IOException {
        SessionId id = harness.startRunning(new Order(builtIn("jupyter")).volume(samples));
        String withoutToken = "GET /s/" + id + "/api/contents HTTP/1.0\r\nHost: localhost\r\n\r\n";

        assertThat(Harness.ask(harness.socket(id), withoutToken, "}")).startsWith("HTTP/1.1 403");
        assertThat(Harness.ask(harness.socket(id), request(id, "api/contents/volumes/samples"), "]"))
                .startsWith("HTTP/1.1 200")
                .contains("messier.xml");
        assertThat(harness.text(id)).contains("NotebookApp").doesNotContain("secret-token");
        harness.stopAndWait(id);
    }

    @Test
    void pythonReadsAndPlotsTheSamplesInAKernel() {
        String cell = "%matplotlib inline\\nimport warnings; warnings.simplefilter(\\\"ignore\\\")\\n"
                + "from astropy.table import Table\\nimport matplotlib.pyplot as plt\\n"
                + "t = Table.read(\\\"/data/samples/messier.xml\\\")\\nprint(len(t), \\\"rows\\\")\\n"
                + "plt.plot(t[\\\"RA\\\"], t[\\\"DEC\\\"], \\\".\\\"); plt.show()";
        String script = "import nbformat, nbclient; nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(\""
                + cell + "\")]); nbclient.NotebookClient(nb).execute(); "
                + "print([o.get(\"text\") or list(o.data) for o in nb.cells[0].outputs])";

        List<String> output = harness.outputOf(new Order(Kind.DESKTOP, "python3", "-c", script).volume(samples));

        assertThat(output).anyMatch(line -> line.contains("110 rows") && line.contains("image/png"));
    }

    @Test
    void topcatEndsAsToldWhenItIsKilled() {
        SessionId id = harness.startRunning(
                new Order(builtIn("topcat")).volume(samples).option("table", "/data/samples/messier.xml"));

        // Among the descendants of this sandbox only: others on this computer may be using TOPCAT.
        ProcessHandle.of(harness.processes(id).get(1).pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroyForcibly);

        Observation.Ended ended = harness.awaitEnd(id);
        assertThat(ended.problem().what()).startsWith("TOPCAT was ended by signal 9 (kill).");
        harness.stopAndWait(id);
    }
}
