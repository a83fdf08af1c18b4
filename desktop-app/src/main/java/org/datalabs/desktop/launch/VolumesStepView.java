package org.datalabs.desktop.launch;

import atlantafx.base.controls.CustomTextField;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Texts;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The wizard's step of data volumes: which ones, and where they appear. */
final class VolumesStepView implements WizardPart {
    static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private static final double CELL = 38;

    private final LaunchWizardViewModel wizard;
    private final VolumesViewModel volumes;
    private final NewVolumeForms forms;
    private final Texts texts = Texts.of(VolumesStepView.class);
    private final ListView<Volume> list;
    private final VBox mounts = new VBox();
    private final Label count = new Label();
    private final Label refusal = new Label();
    private final CustomTextField search = new CustomTextField();
    private final SegmentedControl<VolumesViewModel.Filter> filter;
    private final VBox choice;
    private final StackPane node = new StackPane();

    VolumesStepView(LaunchWizardViewModel wizard, NewVolumeForms forms) {
        this.wizard = wizard;
        this.forms = forms;
        volumes = wizard.volumes();
        filter = new SegmentedControl<>(value -> volumes.filterProperty().set(value));
        list = new ListView<>(volumes.listed());
        choice = new VBox(head(), tools(), table(), mountsHead(), mountsPane(), refusal);
        choice.getStyleClass().addAll("wizard-step", "volumes-step");
        refusal.getStyleClass().addAll("hint", "error");
        refusal.setWrapText(true);
        node.getChildren().add(choice);
    }

    @Override
    public Node node() {
        return node;
    }

    private Node head() {
        Label title = new Label(texts.get("volumes.title"));
        title.getStyleClass().add("t2");
        Label hint = new Label(texts.get("volumes.hint"));
        hint.getStyleClass().addAll("small-text", "muted");
        return WizardLayout.spread(title, hint);
    }

    private Node tools() {
        search.setId("volumes-search");
        search.setPromptText(texts.get("volumes.search"));
        search.setLeft(new FontIcon(Octicons.SEARCH_16));
        search.getStyleClass().add("search-field");
        search.textProperty().bindBidirectional(volumes.searchProperty());
        HBox.setHgrow(search, Priority.ALWAYS);
        for (VolumesViewModel.Filter which : VolumesViewModel.Filter.values()) {
            ToggleButton button = filter.add(which, texts.of("filter", which), null);
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        filter.choose(volumes.filterProperty().get());
        Button add = new Button(texts.get("volumes.new"), new FontIcon(Octicons.PLUS_16));
        add.setId("wizard-new-volume");
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setOnAction(event -> openForm());
        HBox tools = new HBox(search, filter, add);
        tools.getStyleClass().add("tools");
        return tools;
    }

    private void openForm() {
        Region form = forms.create(
                wizard.datazone(),
                added -> {
                    volumes.choose(added);
                    closeForm();
                },
                this::closeForm);
        node.getChildren().setAll(form);
        form.requestFocus();
    }

    private void closeForm() {
        node.getChildren().setAll(choice);
        list.requestFocus();
    }

    private Node table() {
        list.setId("wizard-volumes");
        list.setFixedCellSize(CELL);
        list.setCellFactory(view -> new VolumeCell(volumes));
        list.setPlaceholder(new Label(texts.get("volumes.none")));
        list.setOnKeyPressed(event -> {
            Volume selected = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && selected != null) {
                volumes.toggle(selected);
                event.consume();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox table = new VBox(VolumeCell.head(texts), list);
        table.getStyleClass().add("volume-table");
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setMinHeight(130);
        return table;
    }

    private Node mountsHead() {
        Label title = new Label(texts.get("mounts.title"));
        title.getStyleClass().add("t3");
        count.getStyleClass().addAll("small-text", "muted");
        return WizardLayout.spread(title, count);
    }

    private Node mountsPane() {
        mounts.getStyleClass().add("mounts");
        ScrollPane scroll = new ScrollPane(mounts);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setMinHeight(120);
        scroll.setPrefHeight(168);
        scroll.setMaxHeight(168);
        return scroll;
    }

    @Override
    public void refresh() {
        List<MountChoice> shown = mounts.getChildren().stream()
                .map(row -> ((MountRow) row).choice())
                .toList();
        if (!shown.equals(volumes.mounts())) {
            mounts.getChildren()
                    .setAll(volumes.mounts().stream()
                            .map(mount -> new MountRow(mount, volumes))
                            .toList());
        }
        mounts.getChildren().forEach(row -> ((MountRow) row).refresh());
        count.setText(texts.get("selected", volumes.mounts().size()));
        list.refresh();
        String error = wizard.verdictProperty().get().error("mounts").orElse("");
        refusal.setText(error);
        Shown.when(refusal, !error.isEmpty());
    }
}
