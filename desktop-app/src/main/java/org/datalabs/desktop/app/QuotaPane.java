package org.datalabs.desktop.app;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.control.Meter;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/** What the user holds of the quota, at the foot of the sidebar. */
final class QuotaPane extends VBox {
    private final Texts texts = Texts.of(QuotaPane.class);
    private final Formats formats = new Formats();
    private final Label sessions = new Label();
    private final Label cpu = new Label();
    private final Label memory = new Label();
    private final Meter cpuMeter = new Meter();
    private final Meter memoryMeter = new Meter();

    QuotaPane() {
        getStyleClass().add("quota");
        getChildren()
                .addAll(
                        line("quota.title", sessions, true),
                        line("quota.cpu", cpu, false),
                        cpuMeter,
                        line("quota.memory", memory, false),
                        memoryMeter);
    }

    private HBox line(String key, Label amount, boolean title) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().add("caption");
        if (title) {
            name.getStyleClass().add("med");
        }
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        amount.getStyleClass().addAll("caption", "muted");
        return new HBox(name, amount);
    }

    void show(@Nullable QuotaUse use) {
        getChildren().forEach(child -> child.setVisible(use != null));
        if (use == null) {
            return;
        }
        Resources most = use.quota().resources();
        Resources used = use.used();
        sessions.setText(texts.get("quota.sessions", use.sessions(), use.quota().sessions()));
        cpu.setText(texts.get("quota.cores", formats.cores(used.cpuMillis()), formats.cores(most.cpuMillis())));
        cpuMeter.show(used.cpuMillis(), most.cpuMillis());
        cpuMeter.setAccessibleText(texts.get("quota.cpu") + " " + cpu.getText());
        memory.setText(
                texts.get("quota.gb", formats.gigabytes(used.memoryBytes()), formats.gigabytes(most.memoryBytes())));
        memoryMeter.show((double) used.memoryBytes(), (double) most.memoryBytes());
        memoryMeter.setAccessibleText(texts.get("quota.memory") + " " + memory.getText());
    }
}
