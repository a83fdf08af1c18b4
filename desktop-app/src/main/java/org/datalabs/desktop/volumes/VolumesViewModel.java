package org.datalabs.desktop.volumes;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/** The volumes of the current datazone, searched and filtered. */
final class VolumesViewModel {
    /** Which volumes are listed. */
    enum Filter {
        ALL,
        ARCHIVES,
        YOURS
    }

    private final Datazones datazones;
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(this, "filter", Filter.ALL);
    private final ObjectProperty<@Nullable Volume> selected = new SimpleObjectProperty<>(this, "selected");
    private final ObservableList<Volume> listed = FXCollections.observableArrayList();
    private final ObservableList<Volume> readOnlyListed = FXCollections.unmodifiableObservableList(listed);
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper(this, "changes", 0);
    private final InvalidationListener onChange = observable -> list();
    private Subscription watched = Subscription.EMPTY;

    VolumesViewModel(Datazones datazones) {
        this.datazones = datazones;
        search.addListener(onChange);
        filter.addListener(onChange);
    }

    /** Listens until unsubscribed. */
    Subscription attach() {
        Subscription current = datazones.currentProperty().subscribe(this::watch);
        return () -> {
            current.unsubscribe();
            watched.unsubscribe();
        };
    }

    private void watch(Datazone datazone) {
        watched.unsubscribe();
        datazone.volumes().addListener(onChange);
        datazone.sessions().addListener(onChange);
        datazone.connectionProperty().addListener(onChange);
        watched = () -> {
            datazone.volumes().removeListener(onChange);
            datazone.sessions().removeListener(onChange);
            datazone.connectionProperty().removeListener(onChange);
        };
        list();
    }

    Datazone datazone() {
        return datazones.currentProperty().get();
    }

    /** By name, unmodifiable. */
    ObservableList<Volume> listed() {
        return readOnlyListed;
    }

    StringProperty searchProperty() {
        return search;
    }

    ObjectProperty<Filter> filterProperty() {
        return filter;
    }

    ObjectProperty<@Nullable Volume> selectedProperty() {
        return selected;
    }

    /** Counts every change of anything shown. */
    ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    int count(Filter which) {
        return (int) datazone().volumes().stream()
                .filter(volume -> passes(volume, which))
                .count();
    }

    /** How many sessions mount a volume. */
    long users(VolumeId volume) {
        return datazone().sessions().stream()
                .filter(session -> session.state().holdsQuota())
                .filter(session -> session.mounts().stream()
                        .anyMatch(mount -> mount.volume().equals(volume)))
                .count();
    }

    boolean isLoading() {
        return datazone().volumes().isEmpty() && datazone().connectionProperty().get() instanceof Connection.Connecting;
    }

    Optional<Connection.Offline> offline() {
        return datazone().connectionProperty().get() instanceof Connection.Offline offline
                ? Optional.of(offline)
                : Optional.empty();
    }

    /** Whether this user may take the volume off the list. */
    static boolean isRemovable(Volume volume) {
        return volume.source() == Volume.Source.CUSTOM;
    }

    /** Takes a volume off the list; its files stay. */
    void remove(Volume volume, Consumer<Problem> onRefused) {
        CompletableFuture<?> unused = datazone().removeVolume(volume.id()).whenComplete((nothing, thrown) -> {
            if (thrown != null) {
                onRefused.accept(Problems.of(thrown));
            }
        });
    }

    private void list() {
        String text = search.get().strip().toLowerCase(Locale.ROOT);
        Volume before = selected.get();
        listed.setAll(datazone().volumes().stream()
                .filter(volume -> passes(volume, filter.get()))
                .filter(volume -> (volume.name() + " " + volume.origin() + " " + volume.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(text))
                .toList());
        selected.set(
                before == null
                        ? null
                        : listed.stream()
                                .filter(volume -> volume.id().equals(before.id()))
                                .findFirst()
                                .orElse(null));
        changes.set(changes.get() + 1);
    }

    private static boolean passes(Volume volume, Filter which) {
        return switch (which) {
            case ALL -> true;
            case ARCHIVES -> volume.source() == Volume.Source.ARCHIVE;
            case YOURS -> volume.source() != Volume.Source.ARCHIVE;
        };
    }
}
