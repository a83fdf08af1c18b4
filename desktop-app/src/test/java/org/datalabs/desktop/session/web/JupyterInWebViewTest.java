package org.datalabs.desktop.session.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.datalabs.desktop.session.link.LinkState;
import org.datalabs.desktop.session.real.JupyterServer;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A real notebook: its page comes through the gateway, its kernel through the sockets, its text from real keys. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class JupyterInWebViewTest {
    private static final String NOTEBOOK = """
            {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": []}],
             "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
             "nbformat": 4, "nbformat_minor": 2}
            """;

    private Stage stage;

    @Start
    void start(Stage primary) {
        stage = primary;
    }

    @Test
    void runsATypedCell(@TempDir Path folder, FxRobot robot) throws Exception {
        Files.writeString(folder.resolve("sum.ipynb"), NOTEBOOK);
        try (SmallDatazone datazone = new SmallDatazone(null);
                JupyterServer jupyter = new JupyterServer(datazone.root(), folder);
                WebStage web = new WebStage(stage, datazone)) {
            datazone.proxyTo(jupyter.port());
            web.until("document.querySelectorAll('.list_item').length > 0");
            assertThat(web.view().stateProperty().get()).isInstanceOf(LinkState.Connected.class);
            web.eval("location.href = 'notebooks/sum.ipynb'");
            web.until("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
                    + " && Jupyter.notebook.kernel.is_connected()");
            web.until("Jupyter.notebook.kernel.info_reply.status === 'ok'");
            web.eval("Jupyter.notebook.get_cell(0).focus_cell(); Jupyter.notebook.edit_mode(); 1");
            WebStage.onFx(() -> {
                web.view().requestFocus();
                return true;
            });
            robot.type(KeyCode.P, KeyCode.R, KeyCode.I, KeyCode.N, KeyCode.T);
            robot.press(KeyCode.SHIFT).type(KeyCode.DIGIT9).release(KeyCode.SHIFT);
            robot.type(KeyCode.DIGIT6, KeyCode.DIGIT0, KeyCode.MINUS, KeyCode.DIGIT1, KeyCode.DIGIT8);
            robot.press(KeyCode.SHIFT).type(KeyCode.ENTER).release(KeyCode.SHIFT);
            web.until("Jupyter.notebook.get_cell(0).output_area.outputs.length > 0");
            assertThat(web.eval("Jupyter.notebook.get_cell(0).output_area.outputs[0].text.trim()"))
                    .isEqualTo("42");
            assertThat(web.eval("Jupyter.notebook.get_cell(0).get_text()")).isEqualTo("print(60-18)");
        }
    }
}
