package org.datalabs.desktop.volumes;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/** The form of a new volume. */
final class NewVolumeViewModel {
    private final Datazone datazone;
    private final Consumer<Volume> onAdded;
    private final StringProperty folder = new SimpleStringProperty(this, "folder", "");
    private final StringProperty name = new SimpleStringProperty(this, "name", "");
    private final StringProperty usualPath = new SimpleStringProperty(this, "usualPath", "");
    private final StringProperty description = new SimpleStringProperty(this, "description", "");
    private final BooleanProperty readOnly = new SimpleBooleanProperty(this, "readOnly", true);
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper(this, "working", false);
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");

    NewVolumeViewModel(Datazone datazone, Consumer<Volume> onAdded) {
        this.datazone = datazone;
        this.onAdded = onAdded;
        // What the datazone refused is not what stands there now.
        List.of(folder, name, usualPath, description).forEach(field -> field.subscribe(typed -> problem.set(null)));
    }

    Datazone datazone() {
        return datazone;
    }

    /** Absolute path on the datazone's machine. */
    StringProperty folderProperty() {
        return folder;
    }

    StringProperty nameProperty() {
        return name;
    }

    /** Where it appears in a session; empty for the datazone's choice. */
    StringProperty usualPathProperty() {
        return usualPath;
    }

    StringProperty descriptionProperty() {
        return description;
    }

    BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    ReadOnlyBooleanProperty workingProperty() {
        return working.getReadOnlyProperty();
    }

    /** Why the datazone refused what stands in the form, or null. */
    ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Takes a folder and, unless the user named the volume, its name. */
    void choose(String path, String lastSegment) {
        folder.set(path);
        if (name.get().isBlank()) {
            name.set(lastSegment);
        }
    }

    /** What is wrong with the usual folder; empty when it is fine or left open. */
    String pathError() {
        String path = usualPath.get().strip();
        return path.isEmpty() ? "" : MountRules.pathError(path).orElse("");
    }

    boolean isComplete() {
        return !folder.get().isBlank() && !name.get().isBlank() && pathError().isEmpty();
    }

    /** What the datazone says to a field; empty when it said nothing. */
    String refusal(String field) {
        Problem refused = problem.get();
        return refused == null
                ? ""
                : refused.fields().stream()
                        .filter(error -> error.field().equals(field))
                        .map(FieldError::message)
                        .findFirst()
                        .orElse("");
    }

    void add() {
        if (working.get() || !isComplete()) {
            return;
        }
        working.set(true);
        problem.set(null);
        NewVolume wanted = new NewVolume(
                name.get().strip(),
                folder.get().strip(),
                readOnly.get(),
                filled(description.get()),
                filled(usualPath.get()));
        CompletableFuture<?> unused = datazone.addVolume(wanted).whenComplete((volume, thrown) -> {
            working.set(false);
            if (thrown == null) {
                onAdded.accept(volume);
            } else {
                problem.set(Problems.of(thrown));
            }
        });
    }

    private static @Nullable String filled(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
