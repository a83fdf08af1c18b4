package org.datalabs.desktop.dashboard;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.control.Meter;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/** What of the quota is in use, amount by amount. */
final class QuotaStrip extends HBox {
    private final Texts texts = Texts.of(QuotaStrip.class);
    private final Formats formats = new Formats();
    private final Cell sessions = new Cell(texts.get("quota.datalabs"));
    private final Cell cpu = new Cell(texts.get("cpu"));
    private final Cell memory = new Cell(texts.get("memory"));
    private final Cell gpu = new Cell(texts.get("quota.gpu"));

    QuotaStrip() {
        getStyleClass().addAll("dl-card", "quota-strip");
        setId("quota-strip");
        getChildren().addAll(sessions, cpu, memory, gpu);
    }

    void show(@Nullable QuotaUse use) {
        Shown.when(this, use != null);
        if (use == null) {
            return;
        }
        Resources used = use.used();
        Resources whole = use.quota().resources();
        Resources left = use.left();
        int more = use.sessionsLeft();
        sessions.show(
                String.valueOf(use.sessions()),
                texts.get("quota.of", use.quota().sessions()),
                more == 0
                        ? texts.get("quota.none")
                        : more == 1 ? texts.get("quota.one") : texts.get("quota.more", more),
                use.sessions(),
                use.quota().sessions());
        cpu.show(
                formats.cores(used.cpuMillis()),
                texts.get("quota.of.cores", formats.cores(whole.cpuMillis())),
                texts.get("quota.left", formats.cpu(left.cpuMillis())),
                used.cpuMillis(),
                whole.cpuMillis());
        memory.show(
                formats.gigabytes(used.memoryBytes()),
                texts.get("quota.of.memory", formats.gigabytes(whole.memoryBytes())),
                texts.get("quota.left", formats.bytes(left.memoryBytes())),
                (double) used.memoryBytes(),
                (double) whole.memoryBytes());
        Shown.when(gpu, whole.gpus() > 0);
        gpu.show(
                String.valueOf(used.gpus()),
                texts.get("quota.of", whole.gpus()),
                texts.get("quota.left", left.gpus()),
                used.gpus(),
                whole.gpus());
    }

    /** One amount. */
    private static final class Cell extends VBox {
        private final Label amount = new Label();
        private final Label whole = new Label();
        private final Meter meter = new Meter();
        private final Label left = new Label();

        Cell(String name) {
            getStyleClass().add("cell");
            Label title = new Label(name);
            title.getStyleClass().addAll("small-text", "muted");
            amount.getStyleClass().add("amount");
            whole.getStyleClass().addAll("small-text", "muted");
            HBox line = new HBox(amount, whole);
            line.getStyleClass().add("line");
            left.getStyleClass().addAll("caption", "muted");
            HBox.setHgrow(this, Priority.ALWAYS);
            setPrefWidth(0);
            getChildren().addAll(title, line, meter, left);
        }

        void show(String used, String of, String rest, double share, double total) {
            amount.setText(used);
            whole.setText(of);
            left.setText(rest);
            meter.show(share, total);
        }
    }
}
