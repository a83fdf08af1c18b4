package org.datalabs.desktop.launch;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;

/** A volume that was chosen, with the place where it appears. JavaFX thread only. */
final class MountChoice {
    private final Volume volume;
    private final StringProperty path;
    private final BooleanProperty readOnly;
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");
    private final ReadOnlyStringWrapper suggestion = new ReadOnlyStringWrapper(this, "suggestion", "");

    MountChoice(Volume volume, String path, boolean readOnly) {
        this.volume = volume;
        this.path = new SimpleStringProperty(this, "path", path);
        this.readOnly = new SimpleBooleanProperty(this, "readOnly", readOnly);
    }

    Volume volume() {
        return volume;
    }

    StringProperty pathProperty() {
        return path;
    }

    BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    /** Whether the volume can be mounted in no other way than read-only. */
    boolean alwaysReadOnly() {
        return volume.readOnly();
    }

    /** What is wrong with the mount; empty when it is fine. */
    ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /** A path that would do instead; empty when there is nothing to mend. */
    ReadOnlyStringProperty suggestionProperty() {
        return suggestion.getReadOnlyProperty();
    }

    void judge(String newError, String newSuggestion) {
        error.set(newError);
        suggestion.set(newSuggestion);
    }

    Mount mount() {
        return new Mount(volume.id(), path.get().strip(), readOnly.get() || volume.readOnly());
    }
}
