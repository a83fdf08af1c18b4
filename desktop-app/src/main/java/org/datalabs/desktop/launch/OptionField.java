package org.datalabs.desktop.launch;

import atlantafx.base.controls.ToggleSwitch;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.datalabs.core.catalogue.ConfigurationOption;
import org.datalabs.desktop.control.Shown;

/** A configuration option: label, control of its type, help or what is wrong with the value. */
final class OptionField extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final OptionChoice choice;
    private final Node control;
    private final Label below = new Label();

    OptionField(OptionChoice choice) {
        this.choice = choice;
        ConfigurationOption option = choice.option();
        getStyleClass().add("field");
        Label label = new Label(option.label());
        label.getStyleClass().add("field-label");
        control = control(option);
        control.setId("option-" + option.name());
        control.setAccessibleText(option.label());
        label.setLabelFor(control);
        below.getStyleClass().add("hint");
        below.setWrapText(true);
        getChildren().addAll(label, control, below);
    }

    private Node control(ConfigurationOption option) {
        return switch (option.type()) {
            case BOOLEAN -> toggle();
            case CHOICE -> box(option);
            case PATH -> field("mono");
            case STRING, INTEGER, NUMBER -> field("plain");
        };
    }

    private ToggleSwitch toggle() {
        ToggleSwitch toggle = new ToggleSwitch();
        toggle.setSelected(Boolean.parseBoolean(choice.valueProperty().get()));
        toggle.selectedProperty().subscribe(on -> choice.valueProperty().set(String.valueOf(on)));
        return toggle;
    }

    private ComboBox<String> box(ConfigurationOption option) {
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(option.choices()));
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(choice.valueProperty());
        return box;
    }

    private TextField field(String styleClass) {
        TextField field = new TextField();
        field.getStyleClass().add(styleClass);
        field.textProperty().bindBidirectional(choice.valueProperty());
        return field;
    }

    void refresh(LaunchVerdict verdict) {
        String error = verdict.error(choice.field()).orElse("");
        control.pseudoClassStateChanged(REFUSED, !error.isEmpty());
        below.pseudoClassStateChanged(ERROR, !error.isEmpty());
        below.setText(error.isEmpty() ? choice.option().help() : error);
        Shown.when(below, !below.getText().isEmpty());
    }
}
