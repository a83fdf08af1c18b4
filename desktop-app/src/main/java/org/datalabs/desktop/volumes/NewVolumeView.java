package org.datalabs.desktop.volumes;

import atlantafx.base.controls.ToggleSwitch;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import org.datalabs.core.problem.Problem;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.theme.StyleSheets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The form of a new volume; what is refused is said below its field. */
final class NewVolumeView extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final NewVolumeViewModel form;
    private final Texts texts = Texts.of(NewVolumeView.class);
    private final List<Runnable> fields = new ArrayList<>();
    private final Label problem = new Label();
    private final Button add = new Button();
    private final TextField name = new TextField();

    NewVolumeView(NewVolumeViewModel form, Runnable cancel) {
        this.form = form;
        StyleSheets.add(this, NewVolumeView.class);
        getStyleClass().add("new-volume");
        setId("new-volume");
        Label title = new Label(texts.get("new.title"));
        title.getStyleClass().add("t2");
        problem.getStyleClass().addAll("hint", "error");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(title, folder());
        name.setId("volume-name");
        name.textProperty().bindBidirectional(form.nameProperty());
        getChildren().add(field("new.name", name, "name", texts.get("new.name.hint"), () -> ""));
        TextField path = new TextField();
        path.setId("volume-path");
        path.getStyleClass().add("mono");
        path.setPromptText(texts.get("new.path.prompt"));
        path.textProperty().bindBidirectional(form.usualPathProperty());
        getChildren().add(field("new.path", path, "usualPath", texts.get("new.path.hint"), form::pathError));
        TextField description = new TextField();
        description.setId("volume-description");
        description.textProperty().bindBidirectional(form.descriptionProperty());
        getChildren().addAll(field("new.description", description, "description", "", () -> ""), readOnly());
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().addAll(problem, space, buttons(cancel));
        List.of(form.folderProperty(), form.nameProperty(), form.usualPathProperty())
                .forEach(property -> property.addListener(observable -> refresh()));
        form.problemProperty().addListener(observable -> refresh());
        form.workingProperty().addListener(observable -> refresh());
        refresh();
    }

    @Override
    public void requestFocus() {
        name.requestFocus();
    }

    private Node folder() {
        TextField folder = new TextField();
        folder.setId("volume-folder");
        folder.getStyleClass().add("mono");
        folder.textProperty().bindBidirectional(form.folderProperty());
        HBox.setHgrow(folder, Priority.ALWAYS);
        HBox line = new HBox(folder);
        line.getStyleClass().add("line");
        if (form.datazone().isLocal()) {
            Button choose = new Button(texts.get("new.choose"), new FontIcon(Octicons.FILE_DIRECTORY_16));
            choose.setId("volume-choose");
            choose.setMinWidth(USE_PREF_SIZE);
            choose.setOnAction(event -> choose());
            line.getChildren().add(choose);
        }
        String hint = form.datazone().isLocal()
                ? texts.get("new.folder.hint.local")
                : texts.get("new.folder.hint", form.datazone().name());
        return field("new.folder", line, "folder", hint, () -> "");
    }

    private void choose() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(texts.get("new.choose"));
        File chosen = chooser.showDialog(getScene().getWindow());
        if (chosen != null) {
            form.choose(chosen.getAbsolutePath(), chosen.getName());
        }
    }

    private Node readOnly() {
        ToggleSwitch readOnly = new ToggleSwitch(texts.get("new.readonly"));
        readOnly.setId("volume-readonly");
        readOnly.selectedProperty().bindBidirectional(form.readOnlyProperty());
        Label hint = new Label(texts.get("new.readonly.hint"));
        hint.getStyleClass().add("hint");
        VBox field = new VBox(readOnly, hint);
        field.getStyleClass().add("field");
        return field;
    }

    private VBox field(String key, Node control, String field, String help, Supplier<String> ownError) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("field-label");
        label.setLabelFor(control);
        Label below = new Label();
        below.getStyleClass().add("hint");
        below.setWrapText(true);
        below.setMinHeight(USE_PREF_SIZE);
        fields.add(() -> {
            String own = ownError.get();
            String error = own.isEmpty() ? form.refusal(field) : own;
            control.pseudoClassStateChanged(REFUSED, !error.isEmpty());
            below.pseudoClassStateChanged(ERROR, !error.isEmpty());
            below.setText(error.isEmpty() ? help : error);
            Shown.when(below, !below.getText().isEmpty());
        });
        VBox box = new VBox(label, control, below);
        box.getStyleClass().add("field");
        return box;
    }

    private Node buttons(Runnable cancel) {
        Button back = new Button(texts.get("new.cancel"));
        back.setId("volume-cancel");
        back.setOnAction(event -> cancel.run());
        add.setText(texts.get("new.add"));
        add.setId("volume-add");
        add.getStyleClass().add("accent");
        add.setOnAction(event -> form.add());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(space, back, add);
        buttons.getStyleClass().add("line");
        return buttons;
    }

    private void refresh() {
        fields.forEach(Runnable::run);
        add.setDisable(!form.isComplete() || form.workingProperty().get());
        Problem refused = form.problemProperty().get();
        boolean atFields = refused == null || !refused.fields().isEmpty();
        problem.setText(refused == null || atFields ? "" : refused.text());
        Shown.when(problem, !atFields);
    }
}
