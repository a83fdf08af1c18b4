package org.datalabs.desktop.launch;

import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.control.Banner;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;

/** The wizard's last step: name, configuration, and everything chosen at a glance. */
final class ReviewStepView implements WizardPart {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final LaunchWizardViewModel wizard;
    private final Texts texts = Texts.of(ReviewStepView.class);
    private final Formats formats = new Formats();
    private final LaunchWords words = new LaunchWords();
    private final TextField name = new TextField();
    private final Label nameHint = new Label();
    private final List<OptionField> options;
    private final GridPane resources = WizardLayout.form();
    private final GridPane volumes = WizardLayout.form();
    private final VBox verdict = new VBox();
    private final ScrollPane node;

    ReviewStepView(LaunchWizardViewModel wizard) {
        this.wizard = wizard;
        options = wizard.options().stream().map(OptionField::new).toList();
        Label title = new Label(texts.get("review.title"));
        title.getStyleClass().add("t2");
        CheckBox open = new CheckBox(texts.get("review.open"));
        open.setId("launch-open");
        open.selectedProperty().bindBidirectional(wizard.openWhenReadyProperty());
        VBox content = new VBox(title, nameField());
        if (!options.isEmpty()) {
            content.getChildren().add(configuration());
        }
        content.getChildren().addAll(open, divider(), summary(), verdict);
        content.getStyleClass().addAll("wizard-step", "review-step");
        node = new ScrollPane(content);
        node.setFitToWidth(true);
        node.setFocusTraversable(false);
    }

    @Override
    public Node node() {
        return node;
    }

    private Node nameField() {
        Label label = new Label(texts.get("review.name"));
        label.getStyleClass().add("field-label");
        label.setLabelFor(name);
        name.setId("launch-name");
        name.textProperty().bindBidirectional(wizard.nameProperty());
        nameHint.getStyleClass().add("hint");
        VBox field = new VBox(label, name, nameHint);
        field.getStyleClass().add("field");
        return field;
    }

    private Node configuration() {
        Label title = new Label(texts.get("review.configuration"));
        title.getStyleClass().add("t3");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("options");
        WizardLayout.halves(grid);
        for (int index = 0; index < options.size(); index++) {
            grid.add(options.get(index), index % 2, index / 2);
        }
        VBox configuration = new VBox(title, grid);
        configuration.getStyleClass().add("configuration");
        return configuration;
    }

    private static Node divider() {
        Region line = new Region();
        line.getStyleClass().add("divider");
        return line;
    }

    private Node summary() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("review-summary");
        WizardLayout.halves(grid);
        grid.addRow(
                0,
                part("review.resources", WizardStep.RESOURCES, resources),
                part("review.volumes", WizardStep.VOLUMES, volumes));
        return grid;
    }

    private Node part(String key, WizardStep step, GridPane values) {
        Label title = new Label(texts.get(key));
        title.getStyleClass().add("t3");
        Hyperlink change = new Hyperlink(texts.get("review.change"));
        change.setAccessibleText(texts.get("review.change.what", title.getText()));
        change.setOnAction(event -> wizard.goTo(step));
        VBox part = new VBox(WizardLayout.spread(title, change), values);
        part.getStyleClass().add("review-part");
        return part;
    }

    @Override
    public void refresh() {
        LaunchVerdict now = wizard.verdictProperty().get();
        String nameError = now.error("name").orElse("");
        name.pseudoClassStateChanged(REFUSED, !nameError.isEmpty());
        nameHint.pseudoClassStateChanged(ERROR, !nameError.isEmpty());
        nameHint.setText(nameError.isEmpty() ? texts.get("review.name.hint") : nameError);
        options.forEach(option -> option.refresh(now));
        showResources();
        showVolumes();
        showVerdict(now);
    }

    private void showResources() {
        Resources chosen = wizard.resources().resources();
        resources.getChildren().clear();
        row(
                resources,
                texts.get("review.preset"),
                wizard.resources().chosenPreset().map(ResourcePreset::name).orElse(texts.get("review.own")),
                false);
        row(resources, texts.get("cpu"), formats.cpu(chosen.cpuMillis()), false);
        row(resources, texts.get("memory"), formats.bytes(chosen.memoryBytes()), false);
        if (chosen.gpus() > 0) {
            row(resources, texts.get("gpu"), String.valueOf(chosen.gpus()), false);
        }
        String lifetime =
                words.lifetime(wizard.resources().lifetimeMinutesProperty().get());
        if (wizard.versionProperty().get().home() == Home.TEMPORARY) {
            row(resources, texts.get("review.home"), texts.get("review.home.temporary"), false);
        }
        row(resources, texts.get("ends"), texts.get("ends.in", lifetime), false);
    }

    private void showVolumes() {
        volumes.getChildren().clear();
        List<MountChoice> chosen = wizard.volumes().mounts();
        chosen.forEach(mount -> row(
                volumes,
                mount.volume().name(),
                mount.mount().readOnly()
                        ? texts.get("review.readonly", mount.mount().path())
                        : mount.mount().path(),
                true));
        if (chosen.isEmpty()) {
            Label none = new Label(texts.get("review.no.volumes"));
            none.getStyleClass().add("muted");
            volumes.add(none, 0, 0, 2, 1);
        }
    }

    private static void row(GridPane grid, String label, String value, boolean mono) {
        Label left = new Label(label);
        left.getStyleClass().add("muted");
        Label right = new Label(value);
        if (mono) {
            right.getStyleClass().add("mono");
        }
        grid.addRow(grid.getRowCount(), left, right);
    }

    private void showVerdict(LaunchVerdict now) {
        Optional<Problem> refusal = now.refusal();
        Banner banner = new Banner(refusal.isEmpty() ? Tone.SUCCESS : Tone.WARNING);
        if (refusal.isEmpty()) {
            banner.show(texts.get("review.ready"), texts.get("review.ready.text"), null);
        } else {
            Problem problem = refusal.get();
            banner.show(problem.code().title(), problem.text(), null);
        }
        verdict.getChildren().setAll(banner);
    }
}
