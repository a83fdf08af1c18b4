package org.datalabs.desktop.launch;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The wizard's right column: what is chosen, or at the end what becomes of the quota, and what to know. */
final class SummaryView implements WizardPart {
    private final LaunchWizardViewModel wizard;
    private final Texts texts = Texts.of(SummaryView.class);
    private final Formats formats = new Formats();
    private final LaunchWords words = new LaunchWords();
    private final Label title = new Label();
    private final GridPane values = new GridPane();
    private final QuotaPart cpu;
    private final QuotaPart memory;
    private final QuotaPart sessions;
    private final VBox quota;
    private final VBox notes = new VBox();
    private final VBox node;

    SummaryView(LaunchWizardViewModel wizard) {
        this.wizard = wizard;
        cpu = new QuotaPart(texts.get("cpu"));
        memory = new QuotaPart(texts.get("memory"));
        sessions = new QuotaPart(texts.get("datalabs"));
        title.getStyleClass().add("t3");
        values.getStyleClass().add("summary-values");
        quota = new VBox(cpu, memory, sessions);
        quota.getStyleClass().add("summary-quota");
        notes.getStyleClass().add("notes");
        node = new VBox(title, values, quota, notes);
        node.getStyleClass().add("wizard-summary");
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        boolean review = wizard.stepProperty().get() == WizardStep.REVIEW;
        title.setText(texts.get(review ? "summary.after" : "summary.title"));
        Shown.when(values, !review);
        Shown.when(quota, review);
        showValues();
        showQuota();
        showNotes();
    }

    private void showValues() {
        Resources chosen = wizard.resources().resources();
        values.getChildren().clear();
        row(texts.get("summary.datalab"), wizard.datalab().name());
        row(
                texts.get("summary.version"),
                words.version(wizard.datalab(), wizard.versionProperty().get()));
        row(texts.get("cpu"), formats.cpu(chosen.cpuMillis()));
        row(texts.get("memory"), formats.bytes(chosen.memoryBytes()));
        if (wizard.datalab().limits().most().gpus() > 0) {
            row(texts.get("gpu"), chosen.gpus() == 0 ? texts.get("gpu.none") : String.valueOf(chosen.gpus()));
        }
        row(
                texts.get("summary.volumes"),
                wizard.volumes().mounts().isEmpty()
                        ? texts.get("summary.none")
                        : String.valueOf(wizard.volumes().mounts().size()));
        row(
                texts.get("ends"),
                texts.get(
                        "ends.in",
                        words.lifetime(
                                wizard.resources().lifetimeMinutesProperty().get())));
    }

    private void row(String label, String value) {
        Label left = new Label(label);
        left.getStyleClass().add("muted");
        Label right = new Label(value);
        right.getStyleClass().add("number");
        right.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(right, Priority.ALWAYS);
        values.addRow(values.getRowCount(), left, right);
    }

    private void showQuota() {
        Resources own = wizard.resources().resources();
        QuotaUse use = wizard.quotaProperty().getValue();
        Resources whole = use.quota().resources();
        cpu.show(use.used().cpuMillis(), own.cpuMillis(), whole.cpuMillis(), words.cpuLeft(use, own));
        memory.show(
                (double) use.used().memoryBytes(),
                (double) own.memoryBytes(),
                (double) whole.memoryBytes(),
                words.memoryLeft(use, own));
        sessions.show(use.sessions(), 1, use.quota().sessions(), words.sessionsLeft(use));
    }

    private void showNotes() {
        notes.getChildren().clear();
        wizard.obstacle()
                .ifPresent(obstacle -> note(
                        Octicons.ALERT_16,
                        "danger",
                        obstacle == LaunchWizardViewModel.Obstacle.OFFLINE
                                ? texts.get("note.offline", wizard.datazone().name())
                                : wizard.entry().availability().reason()
                                        + " "
                                        + wizard.entry().availability().remedy()));
        if (wizard.volumes().hasErrors()) {
            note(Octicons.ALERT_16, "danger", texts.get("note.mounts"));
        }
        boolean temporary = wizard.versionProperty().get().home() == Home.TEMPORARY;
        if (wizard.stepProperty().get() == WizardStep.VOLUMES) {
            note(Octicons.LOCK_16, "plain", texts.get(temporary ? "note.archives.temporary" : "note.archives"));
        }
        if (temporary) {
            note(Octicons.INFO_16, "plain", texts.get("note.temporary"));
        }
        int left = wizard.quotaProperty().getValue().sessionsLeft();
        if (left == 1) {
            note(Octicons.INFO_16, "plain", texts.get("note.last"));
        } else if (left == 0) {
            note(Octicons.INFO_16, "plain", texts.get("note.none"));
        }
        if (wizard.stepProperty().get() == WizardStep.REVIEW) {
            note(Octicons.INFO_16, "plain", texts.get("note.starts"));
        }
    }

    private void note(Ikon icon, String tone, String words) {
        Label text = new Label(words);
        text.setWrapText(true);
        text.getStyleClass().addAll("small-text", "wrapped");
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox note = new HBox(new FontIcon(icon), text);
        note.getStyleClass().addAll("note", tone);
        notes.getChildren().add(note);
    }
}
