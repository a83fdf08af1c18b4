package org.datalabs.desktop.volumes;

import atlantafx.base.controls.CustomTextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Banner;
import org.datalabs.desktop.control.Explained;
import org.datalabs.desktop.control.Glyph;
import org.datalabs.desktop.control.ModalHost;
import org.datalabs.desktop.control.SegmentedControl;
import org.datalabs.desktop.control.Shown;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.i18n.Formats;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.theme.StyleSheets;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.ScreenView;
import org.datalabs.desktop.view.StatePane;
import org.datalabs.desktop.view.ViewState;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.octicons.Octicons;

/** The screen of data volumes. */
final class VolumesView extends ScreenView {
    private final ScreenContext shell;
    private final VolumesViewModel volumes;
    private final LaunchPort launches;
    private final Texts texts = Texts.of(VolumesView.class);
    private final Formats formats = new Formats();
    private final CustomTextField search = new CustomTextField();
    private final SegmentedControl<VolumesViewModel.Filter> filter;
    private final Label selection = new Label();
    private final Explained run;
    private final Explained copy;
    private final Explained remove;
    private final Explained add;
    private final Banner offline = new Banner(Tone.WARNING, Feather.CLOUD_OFF);
    private final VolumeTable table;
    private final StatePane state;
    private final VBox node = new VBox();

    VolumesView(ScreenContext shell, VolumesViewModel volumes, LaunchPort launches) {
        this.shell = shell;
        this.volumes = volumes;
        this.launches = launches;
        StyleSheets.add(node, VolumesView.class);
        node.getStyleClass().addAll("screen", "volumes");
        table = new VolumeTable(volumes);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (property, before, now) -> volumes.selectedProperty().set(now));
        filter = new SegmentedControl<>(value -> volumes.filterProperty().set(value));
        run = button("volumes-run", texts.get("run"), Glyph.PLAY.draw(12), this::runWith);
        copy = button("volumes-copy-path", texts.get("copy"), new FontIcon(Feather.COPY), this::copyPath);
        remove = button("volumes-remove", texts.get("remove"), new FontIcon(Octicons.TRASH_16), this::remove);
        add = button("volumes-new", texts.get("new"), new FontIcon(Octicons.PLUS_16), this::openForm);
        add.button().getStyleClass().add("accent");
        state = new StatePane(table, () -> StatePane.bars(8));
        VBox.setVgrow(state, Priority.ALWAYS);
        node.getChildren().addAll(head(), offline, tools(), state);
    }

    private static Explained button(String id, String words, Node icon, Runnable run) {
        Button button = new Button(words, icon);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> run.run());
        return new Explained(button);
    }

    private Node head() {
        Label title = new Label(texts.get("title"));
        title.getStyleClass().add("t1");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        search.setId("volumes-filter");
        search.setLeft(new FontIcon(Octicons.SEARCH_16));
        search.getStyleClass().add("search-field");
        search.setPromptText(texts.get("search"));
        search.setPrefWidth(250);
        search.textProperty().bindBidirectional(volumes.searchProperty());
        HBox head = new HBox(title, space, search, add);
        head.getStyleClass().add("screen-head");
        return head;
    }

    private Node tools() {
        for (VolumesViewModel.Filter which : VolumesViewModel.Filter.values()) {
            ToggleButton button = filter.add(which, texts.of("filter", which), null);
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        filter.choose(volumes.filterProperty().get());
        selection.getStyleClass().addAll("small-text", "muted");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox tools = new HBox(filter, space, selection, run, copy, remove);
        tools.getStyleClass().add("screen-head");
        return tools;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void focusSearch() {
        search.requestFocus();
    }

    @Override
    protected Subscription attach(Place place) {
        Subscription model = volumes.attach();
        Subscription changes = volumes.changesProperty().subscribe(count -> update());
        Subscription selected = volumes.selectedProperty().subscribe(volume -> update());
        return Subscription.combine(model, changes, selected);
    }

    private void update() {
        Volume selected = volumes.selectedProperty().get();
        if (!Objects.equals(table.getSelectionModel().getSelectedItem(), selected)) {
            if (selected == null) {
                table.getSelectionModel().clearSelection();
            } else {
                table.getSelectionModel().select(selected);
            }
        }
        table.refresh();
        boolean isOffline = volumes.offline().isPresent();
        Shown.when(offline, isOffline);
        volumes.offline()
                .ifPresent(now -> offline.show(
                        texts.get("offline.title", volumes.datazone().name()),
                        texts.get(
                                "offline.text",
                                formats.recent(now.since(), shell.now().getValue())),
                        new Action(texts.get("offline.retry"), volumes.datazone()::retryNow)));
        selection.setText(selected == null ? "" : texts.get("selected", selected.name()));
        String none = selected == null ? texts.get("select.first") : null;
        String cut = isOffline ? texts.get("offline.title", volumes.datazone().name()) : null;
        add.refuse(cut);
        if (selected == null) {
            run.refuse(none);
            copy.refuse(none);
            remove.refuse(none);
        } else {
            run.refuse(selected.problem() != null ? selected.problem() : cut);
            copy.refuse(null);
            remove.refuse(VolumesViewModel.isRemovable(selected) ? cut : texts.get("remove.not"));
        }
        state.setState(
                volumes.isLoading()
                        ? new ViewState.Loading(
                                texts.get("loading", volumes.datazone().name()))
                        : volumes.datazone().volumes().isEmpty() ? empty() : new ViewState.Content());
    }

    private ViewState empty() {
        return new ViewState.Empty(
                ViewState.Drawing.ORBIT,
                texts.get("empty.title"),
                texts.get("empty.text"),
                List.of(new Action(texts.get("new"), this::openForm)));
    }

    private void openForm() {
        NewVolumeViewModel form = new NewVolumeViewModel(volumes.datazone(), added -> {
            shell.dialogs().close();
            shell.toasts().show(new ToastHost.Toast(Tone.SUCCESS, texts.get("added", added.name()), null));
        });
        NewVolumeView view = new NewVolumeView(form, shell.dialogs()::close);
        view.getStyleClass().addAll("dialog-box", "volume-dialog");
        shell.dialogs().showPersistent(view, () -> {});
    }

    private void runWith() {
        Volume volume = volumes.selectedProperty().get();
        if (volume != null) {
            DatalabChooser chooser = new DatalabChooser(
                    volumes.datazone(), volume, shell.dialogs()::close, entry -> launches.choose(with(entry, volume)));
            shell.dialogs().show(chooser, () -> {});
        }
    }

    /** The maintainer's settings with one more volume. */
    private LaunchRequest with(CatalogueEntry entry, Volume volume) {
        Map<VolumeId, Volume> known =
                volumes.datazone().volumes().stream().collect(Collectors.toMap(Volume::id, any -> any));
        List<Mount> mounts = new ArrayList<>(LaunchRules.declaredMounts(entry.datalab(), known));
        if (mounts.stream().noneMatch(mount -> mount.volume().equals(volume.id()))) {
            List<String> taken = mounts.stream().map(Mount::path).toList();
            mounts.add(new Mount(volume.id(), MountRules.freePath(volume.usualPath(), taken), volume.readOnly()));
        }
        return new LaunchRequest(entry.datalab().id(), null, null, null, null, mounts, null, null);
    }

    private void copyPath() {
        Volume volume = volumes.selectedProperty().get();
        if (volume != null) {
            String sample = volume.samplePath();
            String path = sample == null ? volume.usualPath() : volume.usualPath() + "/" + sample;
            Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, path));
            shell.toasts().show(new ToastHost.Toast(Tone.SUCCESS, texts.get("copied", path), null));
        }
    }

    private void remove() {
        Volume volume = volumes.selectedProperty().get();
        if (volume != null) {
            shell.dialogs()
                    .confirm(
                            new ModalHost.Confirmation(
                                    texts.get("remove.title", volume.name()),
                                    texts.get("remove.text"),
                                    texts.get("remove.keep"),
                                    texts.get("remove.action")),
                            () -> volumes.remove(volume, problem -> shell.toasts()
                                    .show(new ToastHost.Toast(
                                            Tone.DANGER,
                                            texts.get("remove.failed", volume.name(), problem.text()),
                                            null))));
        }
    }
}
