package org.datalabs.backend.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.datalabs.backend.runtime.local.Harness.Order;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.session.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalRuntimeTest {
    private Harness harness;

    @BeforeEach
    void open() throws IOException {
        harness = new Harness();
    }

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void showsTopcatOverRfb() throws IOException {
        SessionId id = harness.startRunning(
                new Order(Kind.DESKTOP, "topcat", "-XX:MaxRAM={memory_mb}m", "-XX:MaxRAMPercentage=65"));

        assertThat(Harness.ask(harness.socket(id), "", "\n")).startsWith("RFB 003.008");

        harness.stopAndWait(id);
        assertThat(harness.runtime.existing()).isEmpty();
    }

    @Test
    void servesJupyterOnASocket() throws IOException {
        SessionId id = harness.startRunning(new Order(
                        Kind.WEB,
                        "jupyter-notebook",
                        "--no-browser",
                        "--NotebookApp.sock={socket}",
                        "--NotebookApp.base_url={base}",
                        "--NotebookApp.notebook_dir={home}")
                .environment("JUPYTER_TOKEN", "{token}"));
        Path socket = harness.socket(id);

        String answer = Harness.ask(
                socket,
                "GET /s/" + id + "/api/status?token=secret-token-0123456789 HTTP/1.0\r\nHost: localhost\r\n\r\n",
                "kernels");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(harness.text(id).getBytes(StandardCharsets.UTF_8)).isNotEmpty();
        assertThat(harness.text(id)).doesNotContain("secret-token");
    }
}
