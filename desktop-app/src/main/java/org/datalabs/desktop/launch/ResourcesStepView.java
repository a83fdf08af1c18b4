package org.datalabs.desktop.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.datalabs.core.catalogue.ResourceLimits;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.jspecify.annotations.Nullable;

/** The wizard's step of resources: presets, amounts, lifetime, and what becomes of the quota. */
final class ResourcesStepView implements WizardPart {
    private static final double CORE = 1000;
    private static final int PER_ROW = 4;
    private static final int MOST_GPU_CHOICES = 4;

    private final LaunchWizardViewModel wizard;
    private final ResourcesViewModel resources;
    private final Texts texts = Texts.of(ResourcesStepView.class);
    private final Formats formats = new Formats();
    private final LaunchWords words = new LaunchWords();
    private final Map<ResourcePreset, PresetCard> presets = new LinkedHashMap<>();
    private final LimitSlider cpu;
    private final LimitSlider memory;
    private final Spinner<Double> cpuField;
    private final Spinner<Double> memoryField;
    private final SegmentedControl<Integer> gpus;
    private final Label refusal = new Label();
    private final Label outlook = new Label();
    private final QuotaPart cpuQuota;
    private final QuotaPart memoryQuota;
    private final QuotaPart gpuQuota;
    private final QuotaPart sessionQuota;
    private final Label lifetimeError = new Label();
    private final VBox node;

    ResourcesStepView(LaunchWizardViewModel wizard) {
        this.wizard = wizard;
        resources = wizard.resources();
        ResourceLimits limits = resources.limits();
        double cpuStep = resources.cpuStep() / CORE;
        double memoryStep = gigabytes(resources.memoryStep());
        cpu = new LimitSlider(
                limits.least().cpuMillis() / CORE,
                limits.most().cpuMillis() / CORE,
                cpuStep,
                value -> formats.cores((int) Math.round(value * CORE)));
        memory = new LimitSlider(
                gigabytes(limits.least().memoryBytes()),
                gigabytes(limits.most().memoryBytes()),
                memoryStep,
                value -> formats.gigabytes(Math.round(value * Resources.GB)));
        cpuField = field("resources-cpu", cpu, cpuStep, value -> formats.cpu((int) Math.round(value * CORE)));
        memoryField =
                field("resources-memory", memory, memoryStep, value -> texts.get("gigabytes", memory.words(value)));
        gpus = new SegmentedControl<>(count -> resources.setGpus(count));
        cpuQuota = new QuotaPart(texts.get("cpu"));
        memoryQuota = new QuotaPart(texts.get("memory"));
        gpuQuota = new QuotaPart(texts.get("gpu"));
        sessionQuota = new QuotaPart(texts.get("datalabs"));
        node = new VBox(head(), presetRows(), ownTitle(), own(), divider(), quotaHead(), quota());
        node.getStyleClass().addAll("wizard-step", "resources-step");
        connect();
    }

    @Override
    public Node node() {
        return node;
    }

    private static double gigabytes(long bytes) {
        return (double) bytes / Resources.GB;
    }

    private Node head() {
        Label title = new Label(texts.get("resources.title"));
        title.getStyleClass().add("t2");
        Label hint = new Label(texts.get("resources.hint"));
        hint.getStyleClass().addAll("small-text", "muted");
        return WizardLayout.spread(title, hint);
    }

    private Node presetRows() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("presets");
        List<ResourcePreset> all = resources.presets();
        int columns = Math.max(3, Math.min(PER_ROW, all.size()));
        for (int column = 0; column < columns; column++) {
            ColumnConstraints share = new ColumnConstraints();
            share.setPercentWidth(100.0 / columns);
            grid.getColumnConstraints().add(share);
        }
        for (int index = 0; index < all.size(); index++) {
            ResourcePreset preset = all.get(index);
            String praise = preset.note().isEmpty() && resources.isRecommended(preset)
                    ? texts.get("preset.recommended")
                    : preset.note();
            PresetCard card = new PresetCard(preset, praise);
            card.setOnAction(event -> {
                resources.choose(preset);
                refresh();
            });
            card.setMaxHeight(Double.MAX_VALUE);
            presets.put(preset, card);
            grid.add(card, index % columns, index / columns);
        }
        return grid;
    }

    private Node ownTitle() {
        Label title = new Label(texts.get("resources.own"));
        title.getStyleClass().add("t3");
        return title;
    }

    private Node own() {
        GridPane grid = WizardLayout.form();
        grid.addRow(0, new Label(texts.get("cpu")), cpu, cpuField);
        grid.addRow(1, new Label(texts.get("memory")), memory, memoryField);
        int most = resources.limits().most().gpus();
        if (most > 0) {
            IntStream.rangeClosed(resources.limits().least().gpus(), Math.min(most, MOST_GPU_CHOICES))
                    .forEach(
                            count -> gpus.add(count, count == 0 ? texts.get("gpu.none") : String.valueOf(count), null));
            grid.addRow(grid.getRowCount(), new Label(texts.get("gpu")), new HBox(gpus));
        }
        grid.add(new Label(texts.get("ends")), 0, grid.getRowCount());
        grid.add(lifetime(), 1, grid.getRowCount() - 1, 2, 1);
        GridPane.setHgrow(cpu, Priority.ALWAYS);
        GridPane.setHgrow(memory, Priority.ALWAYS);
        refusal.getStyleClass().addAll("hint", "error");
        refusal.setId("resources-error");
        outlook.getStyleClass().add("hint");
        outlook.setId("resources-outlook");
        VBox all = new VBox(grid, refusal, outlook);
        all.getStyleClass().add("own");
        return all;
    }

    private Node lifetime() {
        List<Integer> choices = new ArrayList<>(ResourcesViewModel.LIFETIMES);
        int present = resources.lifetimeMinutesProperty().get();
        if (!choices.contains(present)) {
            choices.add(present);
            choices.sort(null);
        }
        ComboBox<Integer> box = new ComboBox<>(FXCollections.observableList(choices));
        box.setId("resources-lifetime");
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Integer minutes) {
                return minutes == null ? "" : texts.get("ends.after", words.lifetime(minutes));
            }

            @Override
            public Integer fromString(String text) {
                return present;
            }
        });
        box.setValue(present);
        box.setPrefWidth(200);
        box.valueProperty()
                .subscribe(minutes -> resources.lifetimeMinutesProperty().set(minutes));
        Label hint = new Label(texts.get("ends.hint"));
        hint.getStyleClass().add("hint");
        lifetimeError.getStyleClass().addAll("hint", "error");
        HBox line = new HBox(box, hint, lifetimeError);
        line.getStyleClass().add("line");
        return line;
    }

    private Node divider() {
        Region line = new Region();
        line.getStyleClass().add("divider");
        return line;
    }

    private Node quotaHead() {
        Label title = new Label(texts.get("quota.title", wizard.datazone().name()));
        title.getStyleClass().add("t3");
        HBox legend = new HBox(
                WizardLayout.legend("in-use", texts.get("quota.used")),
                WizardLayout.legend("this-one", texts.get("quota.this")),
                WizardLayout.legend("left", texts.get("quota.left")));
        legend.getStyleClass().add("legend");
        return WizardLayout.spread(title, legend);
    }

    private Node quota() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("quota-grid");
        WizardLayout.halves(grid);
        grid.addRow(0, cpuQuota, memoryQuota);
        grid.addRow(1, sessionQuota, gpuQuota);
        return grid;
    }

    private static Spinner<Double> field(String id, LimitSlider scale, double step, DoubleFunction<String> words) {
        SpinnerValueFactory.DoubleSpinnerValueFactory values = new SpinnerValueFactory.DoubleSpinnerValueFactory(
                scale.slider().getMin(), scale.slider().getMax(), scale.slider().getMin(), step);
        values.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Double value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public Double fromString(String text) {
                String number = text.replaceAll("[^0-9.,]", "").replace(',', '.');
                try {
                    return Double.valueOf(number);
                } catch (NumberFormatException e) {
                    return scale.slider().getValue();
                }
            }
        });
        Spinner<Double> spinner = new Spinner<>(values);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setPrefWidth(120);
        spinner.setMinWidth(Region.USE_PREF_SIZE);
        return spinner;
    }

    private void connect() {
        cpu.slider().valueProperty().addListener((property, before, value) -> {
            resources.setCpu(value.doubleValue() * CORE);
            refresh();
        });
        memory.slider().valueProperty().addListener((property, before, value) -> {
            resources.setMemory(value.doubleValue() * Resources.GB);
            refresh();
        });
        cpuField.valueProperty().addListener((property, before, value) -> {
            resources.setCpu(value * CORE);
            refresh();
        });
        memoryField.valueProperty().addListener((property, before, value) -> {
            resources.setMemory(value * Resources.GB);
            refresh();
        });
    }

    @Override
    public void refresh() {
        Resources own = resources.resources();
        QuotaUse quota = wizard.quotaProperty().getValue();
        Resources left = quota.left();
        Resources whole = quota.quota().resources();
        cpu.slider().setValue(own.cpuMillis() / CORE);
        memory.slider().setValue(gigabytes(own.memoryBytes()));
        cpuField.getValueFactory().setValue(own.cpuMillis() / CORE);
        memoryField.getValueFactory().setValue(gigabytes(own.memoryBytes()));
        gpus.choose(own.gpus());
        cpu.setLimit(left.cpuMillis() / CORE, texts.get("limit", formats.cores(left.cpuMillis())));
        memory.setLimit(gigabytes(left.memoryBytes()), texts.get("limit", formats.gigabytes(left.memoryBytes())));
        Optional<ResourcePreset> chosen = resources.chosenPreset();
        presets.forEach((preset, card) -> card.show(
                chosen.filter(preset::equals).isPresent(),
                resources.lock(preset).map(words::lock).orElse(null)));
        String error = resources.lock().map(words::lock).orElse("");
        refusal.setText(error);
        Shown.when(refusal, !error.isEmpty());
        String forecast = error.isEmpty()
                ? resources
                        .outlook()
                        .map(known ->
                                texts.get("outlook." + known, wizard.datazone().name()))
                        .orElse("")
                : "";
        outlook.setText(forecast);
        Shown.when(outlook, !forecast.isEmpty());
        LaunchVerdict verdict = wizard.verdictProperty().get();
        String lifetimeRefusal = verdict.error("lifetimeMinutes").orElse("");
        lifetimeError.setText(lifetimeRefusal);
        cpuQuota.show(quota.used().cpuMillis(), own.cpuMillis(), whole.cpuMillis(), words.cpuLeft(quota, own));
        memoryQuota.show(
                (double) quota.used().memoryBytes(),
                (double) own.memoryBytes(),
                (double) whole.memoryBytes(),
                words.memoryLeft(quota, own));
        gpuQuota.show(quota.used().gpus(), own.gpus(), whole.gpus(), words.gpuLeft(quota, own));
        Shown.when(gpuQuota, whole.gpus() > 0);
        sessionQuota.show(quota.sessions(), 1, quota.quota().sessions(), words.sessionsLeft(quota));
    }
}
