package org.datalabs.desktop.launch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.desktop.control.DatalabTile;
import org.datalabs.desktop.control.Explained;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.IconButton;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.octicons.Octicons;

/** The wizard's dialog. */
final class LaunchWizardView extends VBox {
    private static final KeyCombination RUN = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final LaunchWizardViewModel wizard;
    private final Texts texts = Texts.of(LaunchWizardView.class);
    private final LaunchWords words = new LaunchWords();
    private final Label place = new Label();
    private final Map<WizardStep, WizardPart> steps = new EnumMap<>(WizardStep.class);
    private final List<WizardPart> sides;
    private final StackPane middle = new StackPane();
    private final Button back = new Button();
    private final Button toReview = new Button();
    private final Button next = new Button();
    private final Explained run;
    private final Subscription bound;
    private @Nullable WizardStep shown;

    LaunchWizardView(LaunchWizardViewModel wizard, NewVolumeForms forms, Runnable close) {
        this.wizard = wizard;
        getStyleClass().addAll("dialog-box", "launch-wizard");
        setId("launch-wizard");
        StyleSheets.add(this, LaunchWizardView.class);
        steps.put(WizardStep.VERSION, new VersionStepView(wizard));
        steps.put(WizardStep.RESOURCES, new ResourcesStepView(wizard));
        steps.put(WizardStep.VOLUMES, new VolumesStepView(wizard, forms));
        steps.put(WizardStep.REVIEW, new ReviewStepView(wizard));
        WizardPart list = new StepListView(wizard);
        WizardPart summary = new SummaryView(wizard);
        sides = List.of(list, summary);
        run = runButton();
        HBox body = new HBox(list.node(), middle, summary.node());
        body.getStyleClass().add("wizard-body");
        HBox.setHgrow(middle, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head(close), body, footer(close));
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        bound = wizard.changesProperty().subscribe(count -> refresh());
        refresh();
    }

    /** Lets go of the choices. */
    void dispose() {
        bound.unsubscribe();
    }

    private Node head(Runnable close) {
        DatalabTile tile = new DatalabTile(DatalabTile.Size.MEDIUM);
        tile.setIcon(wizard.datalab().icon());
        Label title = new Label(texts.get("wizard.title", wizard.datalab().name()));
        title.getStyleClass().add("t2");
        place.getStyleClass().addAll("small-text", "muted");
        VBox names = new VBox(title, place);
        HBox.setHgrow(names, Priority.ALWAYS);
        IconButton x = new IconButton(Octicons.X_16, texts.get("wizard.close"));
        x.setId("wizard-close");
        x.setOnAction(event -> close.run());
        x.setFocusTraversable(false);
        HBox head = new HBox(tile, names, x);
        head.getStyleClass().add("wizard-head");
        return head;
    }

    private Node footer(Runnable close) {
        Button cancel = new Button(texts.get("wizard.cancel"));
        cancel.setId("wizard-cancel");
        cancel.getStyleClass().add("flat");
        cancel.setOnAction(event -> close.run());
        back.setText(texts.get("wizard.back"));
        back.setId("wizard-back");
        back.setOnAction(event -> wizard.back());
        toReview.setText(texts.get("wizard.review"));
        toReview.setId("wizard-review");
        toReview.setOnAction(event -> wizard.goTo(WizardStep.REVIEW));
        next.setId("wizard-next");
        next.getStyleClass().add("accent");
        next.setOnAction(event -> wizard.next());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox footer = new HBox(cancel, space, back, toReview, next, run);
        footer.getStyleClass().add("wizard-footer");
        return footer;
    }

    private Explained runButton() {
        Button button = new Button(texts.get("wizard.run"), Glyph.PLAY.draw(12));
        button.setId("launch-run");
        button.getStyleClass().add("accent");
        button.setOnAction(event -> wizard.run());
        return new Explained(button);
    }

    private void onKey(KeyEvent event) {
        if (RUN.match(event)) {
            wizard.run();
            event.consume();
        }
    }

    private void refresh() {
        WizardStep step = wizard.stepProperty().get();
        place.setText(texts.get(
                "wizard.place",
                wizard.datazone().name(),
                words.place(wizard.quotaProperty().getValue())));
        WizardPart part = steps.get(step);
        if (part != null) {
            part.refresh();
            if (step != shown) {
                shown = step;
                middle.getChildren().setAll(part.node());
            }
        }
        sides.forEach(WizardPart::refresh);
        boolean review = step == WizardStep.REVIEW;
        boolean refused = wizard.verdictProperty().get().refuses(step);
        Shown.when(back, step != WizardStep.VERSION);
        Shown.when(toReview, step == WizardStep.VERSION || step == WizardStep.RESOURCES);
        Shown.when(next, !review);
        Shown.when(run, review);
        next.setText(nextLabel(step));
        next.setDisable(refused);
        run.refuse(obstacle());
    }

    private String nextLabel(WizardStep step) {
        return switch (step) {
            case VERSION -> texts.get("wizard.to.resources");
            case RESOURCES -> texts.get("wizard.to.volumes");
            case VOLUMES, REVIEW -> texts.get("wizard.review");
        };
    }

    /** Why the launch cannot be tried, or null. A quota of sessions that is used up is no reason: one can be stopped. */
    private @Nullable String obstacle() {
        if (wizard.runningProperty().get()) {
            return texts.get("wizard.running");
        }
        if (wizard.obstacle().isPresent()) {
            return wizard.obstacle().get() == LaunchWizardViewModel.Obstacle.OFFLINE
                    ? texts.get("note.offline", wizard.datazone().name())
                    : wizard.entry().availability().reason();
        }
        return null;
    }
}
