package org.datalabs.desktop.datazone;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The configured datazones and the one the user works on. JavaFX thread only. */
public interface Datazones {

    /** All datazones; each keeps its own connection whether it is current or not. Unmodifiable. */
    ObservableList<Datazone> all();

    ReadOnlyObjectProperty<Datazone> currentProperty();

    void select(Datazone datazone);

    /**
     * Adds a datazone after it has answered once.
     *
     * @param token access token, or null when it needs none; kept in a file that only the user can read
     */
    CompletableFuture<Datazone> add(String name, URI address, @Nullable String token);

    /** Forgets a datazone and what was kept of it; the embedded one cannot be removed. */
    void remove(Datazone datazone);
}
