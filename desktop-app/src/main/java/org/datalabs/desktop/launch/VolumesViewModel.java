package org.datalabs.desktop.launch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.DeclaredVolume.Importance;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** The wizard's choice of data volumes and of the folders where they appear. */
final class VolumesViewModel {
    /** Which volumes are listed. */
    enum Filter {
        ALL,
        ARCHIVES,
        YOURS
    }

    private static final String TRY = " Try ";

    private final Datalab datalab;
    private final ObservableList<Volume> known;
    private final ObservableList<Volume> listed = FXCollections.observableArrayList();
    private final ObservableList<Volume> readOnlyListed = FXCollections.unmodifiableObservableList(listed);
    private final ObservableList<MountChoice> mounts = FXCollections.observableArrayList(
            choice -> new javafx.beans.Observable[] {choice.pathProperty(), choice.readOnlyProperty()});
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(this, "filter", Filter.ALL);
    private final ListChangeListener<Volume> onVolumes = change -> list();

    VolumesViewModel(Datalab datalab, LaunchRequest settings, ObservableList<Volume> known) {
        this.datalab = datalab;
        this.known = known;
        Map<VolumeId, Volume> byId = byId();
        List<Mount> given = settings.mounts();
        for (Mount mount : given == null ? LaunchRules.declaredMounts(datalab, byId) : given) {
            Volume volume = byId.get(mount.volume());
            if (volume != null) {
                mounts.add(new MountChoice(volume, mount.path(), mount.readOnly()));
            }
        }
        known.addListener(onVolumes);
        search.addListener((property, before, now) -> list());
        filter.addListener((property, before, now) -> list());
        list();
    }

    void close() {
        known.removeListener(onVolumes);
    }

    /** The volumes that match search and filter: required and suggested ones first, then by name. */
    ObservableList<Volume> listed() {
        return readOnlyListed;
    }

    /** The chosen ones; invalidated by changes of their paths and switches too. */
    ObservableList<MountChoice> mounts() {
        return mounts;
    }

    StringProperty searchProperty() {
        return search;
    }

    ObjectProperty<Filter> filterProperty() {
        return filter;
    }

    int count(Filter which) {
        return (int) known.stream().filter(volume -> passes(volume, which)).count();
    }

    /** What the datalab's manifest says of a volume. */
    Optional<Importance> importance(VolumeId volume) {
        return datalab.volumes().stream()
                .filter(declared -> declared.volume().equals(volume))
                .map(DeclaredVolume::importance)
                .findFirst();
    }

    boolean isChosen(VolumeId volume) {
        return find(volume).isPresent();
    }

    Optional<MountChoice> find(VolumeId volume) {
        return mounts.stream()
                .filter(choice -> choice.volume().id().equals(volume))
                .findFirst();
    }

    /** Chooses a volume at its usual folder, or the nearest free one; without effect on one that cannot be mounted. */
    void choose(Volume volume) {
        if (isChosen(volume.id()) || volume.problem() != null) {
            return;
        }
        Optional<DeclaredVolume> declared = datalab.volumes().stream()
                .filter(wanted -> wanted.volume().equals(volume.id()))
                .findFirst();
        String wanted = declared.map(DeclaredVolume::path).orElse(volume.usualPath());
        List<String> taken =
                mounts.stream().map(choice -> choice.pathProperty().get()).toList();
        boolean readOnly = declared.map(DeclaredVolume::readOnly).orElse(false);
        mounts.add(new MountChoice(volume, MountRules.freePath(wanted, taken), readOnly || volume.readOnly()));
    }

    void remove(VolumeId volume) {
        mounts.removeIf(choice -> choice.volume().id().equals(volume));
    }

    void toggle(Volume volume) {
        if (isChosen(volume.id())) {
            remove(volume.id());
        } else {
            choose(volume);
        }
    }

    /** Takes the path that is suggested instead of a refused one. */
    void takeSuggestion(MountChoice choice) {
        String suggestion = choice.suggestionProperty().get();
        if (!suggestion.isEmpty()) {
            choice.pathProperty().set(suggestion);
        }
    }

    List<Mount> request() {
        return mounts.stream().map(MountChoice::mount).toList();
    }

    Map<VolumeId, Volume> byId() {
        Map<VolumeId, Volume> all = known.stream().collect(Collectors.toMap(Volume::id, Function.identity()));
        // A volume that vanishes while the wizard is open stays chosen until the datazone refuses it by name.
        mounts.forEach(choice -> all.putIfAbsent(choice.volume().id(), choice.volume()));
        return all;
    }

    boolean hasErrors() {
        return mounts.stream().anyMatch(choice -> !choice.errorProperty().get().isEmpty());
    }

    /** Marks each mount with what the rules say to it; the owner asks for it after a change. */
    void judge() {
        List<Mount> asked = request();
        Map<VolumeId, Volume> volumes = byId();
        List<String> errors = new ArrayList<>();
        mounts.forEach(choice -> errors.add(""));
        MountRules.check(asked, volumes).forEach(error -> {
            int index = index(error.field());
            if (index >= 0 && index < errors.size() && errors.get(index).isEmpty()) {
                errors.set(index, error.message());
            }
        });
        for (int index = 0; index < errors.size(); index++) {
            mark(index, errors.get(index), asked);
        }
    }

    private void mark(int index, String error, List<Mount> asked) {
        MountChoice choice = mounts.get(index);
        if (error.isEmpty()) {
            choice.judge("", "");
            return;
        }
        int offer = error.lastIndexOf(TRY + "/");
        if (offer >= 0) {
            String path = error.substring(offer + TRY.length(), error.length() - 1);
            choice.judge(error.substring(0, offer), path);
            return;
        }
        List<String> taken = new ArrayList<>();
        for (int other = 0; other < asked.size(); other++) {
            if (other != index) {
                taken.add(asked.get(other).path());
            }
        }
        boolean path = MountRules.pathError(asked.get(index).path()).isPresent();
        choice.judge(error, path ? MountRules.freePath(choice.volume().usualPath(), taken) : "");
    }

    private static int index(String field) {
        int open = field.indexOf('[');
        int close = field.indexOf(']');
        return open < 0 || close < open ? -1 : Integer.parseInt(field.substring(open + 1, close));
    }

    private void list() {
        String text = search.get().strip().toLowerCase(Locale.ROOT);
        listed.setAll(known.stream()
                .filter(volume -> passes(volume, filter.get()))
                .filter(volume -> (volume.name() + " " + volume.origin() + " " + volume.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(text))
                .sorted(Comparator.comparingInt((Volume volume) ->
                                importance(volume.id()).map(Importance::ordinal).orElse(Importance.values().length))
                        .thenComparing(Volume::name))
                .toList());
    }

    private static boolean passes(Volume volume, Filter which) {
        return switch (which) {
            case ALL -> true;
            case ARCHIVES -> volume.source() == Volume.Source.ARCHIVE;
            case YOURS -> volume.source() != Volume.Source.ARCHIVE;
        };
    }
}
