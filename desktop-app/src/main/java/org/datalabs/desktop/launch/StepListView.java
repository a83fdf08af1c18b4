package org.datalabs.desktop.launch;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.desktop.control.KeyHint;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The wizard's left column: the steps, what is chosen at each, and the way straight to them. */
final class StepListView implements WizardPart {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final LaunchWizardViewModel wizard;
    private final Texts texts = Texts.of(StepListView.class);
    private final Formats formats = new Formats();
    private final LaunchWords words = new LaunchWords();
    private final Map<WizardStep, Entry> entries = new EnumMap<>(WizardStep.class);
    private final VBox node = new VBox();

    /** The nodes of one step. */
    private record Entry(Button button, Label number, FontIcon mark, Label detail) {}

    StepListView(LaunchWizardViewModel wizard) {
        this.wizard = wizard;
        node.getStyleClass().add("wizard-steps");
        int number = 1;
        for (WizardStep step : WizardStep.values()) {
            Entry entry = entry(step, number++);
            entries.put(step, entry);
            node.getChildren().add(entry.button());
        }
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        node.getChildren().addAll(space, hint());
    }

    private Entry entry(WizardStep step, int number) {
        Label figure = new Label(String.valueOf(number));
        FontIcon mark = new FontIcon(Octicons.CHECK_16);
        StackPane disc = new StackPane(figure, mark);
        disc.getStyleClass().add("disc");
        Label name = new Label(texts.of("step", step));
        Label detail = new Label();
        detail.getStyleClass().addAll("small-text", "muted");
        VBox both = new VBox(name, detail);
        both.getStyleClass().add("words");
        HBox content = new HBox(disc, both);
        content.getStyleClass().add("content");
        Button button = new Button(null, content);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("step");
        button.setId("wizard-step-" + step.name().toLowerCase(Locale.ROOT));
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(name.getText());
        button.setOnAction(event -> wizard.goTo(step));
        return new Entry(button, figure, mark, detail);
    }

    private Node hint() {
        FlowPane hint = new FlowPane(4, 2);
        hint.getStyleClass().add("key-line");
        for (String part : texts.get("steps.hint", "\u0000").split(" ")) {
            if (part.equals("\u0000")) {
                hint.getChildren().add(new KeyHint(texts.get("steps.key")));
            } else {
                Label word = new Label(part);
                word.getStyleClass().addAll("small-text", "muted");
                hint.getChildren().add(word);
            }
        }
        hint.setPrefWrapLength(150);
        return hint;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        WizardStep current = wizard.stepProperty().get();
        entries.forEach((step, entry) -> {
            boolean refused = wizard.verdictProperty().get().refuses(step);
            boolean done = step.compareTo(current) < 0 && !refused;
            entry.button().pseudoClassStateChanged(CURRENT, step == current);
            entry.button().pseudoClassStateChanged(DONE, done);
            entry.button().pseudoClassStateChanged(REFUSED, refused);
            entry.number().setVisible(!done);
            entry.mark().setVisible(done);
            String detail = detail(step, current);
            entry.detail().setText(detail);
            Shown.when(entry.detail(), !detail.isEmpty());
        });
    }

    private String detail(WizardStep step, WizardStep current) {
        return switch (step) {
            case VERSION ->
                words.version(wizard.datalab(), wizard.versionProperty().get());
            case RESOURCES -> formats.resources(wizard.resources().resources());
            case VOLUMES ->
                step.compareTo(current) <= 0 || !wizard.volumes().mounts().isEmpty()
                        ? texts.get("selected", wizard.volumes().mounts().size())
                        : "";
            case REVIEW -> texts.get("step.review.detail");
        };
    }
}
