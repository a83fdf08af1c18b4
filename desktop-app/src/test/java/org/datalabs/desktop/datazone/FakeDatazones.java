package org.datalabs.desktop.datazone;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Datazones for tests of screens; the first given one is current. */
public final class FakeDatazones implements Datazones {
    private final ObservableList<Datazone> all = FXCollections.observableArrayList();
    private final ObservableList<Datazone> readOnlyAll = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<Datazone> current;
    private final List<Add> added = new ArrayList<>();
    private @Nullable Problem refusal;

    public FakeDatazones(Datazone first, Datazone... others) {
        all.add(first);
        all.addAll(others);
        current = new ReadOnlyObjectWrapper<>(first);
    }

    /** {@link #add} as a recorded command. */
    public record Add(String name, URI address, @Nullable String token) {}

    /** What was asked to be added, in order. */
    public List<Add> added() {
        return List.copyOf(added);
    }

    /** Lets {@link #add} fail from now on. */
    public void refuse(Problem problem) {
        refusal = problem;
    }

    @Override
    public ObservableList<Datazone> all() {
        return readOnlyAll;
    }

    @Override
    public ReadOnlyObjectProperty<Datazone> currentProperty() {
        return current.getReadOnlyProperty();
    }

    @Override
    public void select(Datazone datazone) {
        current.set(datazone);
    }

    @Override
    public CompletableFuture<Datazone> add(String name, URI address, @Nullable String token) {
        added.add(new Add(name, address, token));
        if (refusal != null) {
            return CompletableFuture.failedFuture(new ProblemException(refusal));
        }
        FakeDatazone datazone = new FakeDatazone(name);
        all.add(datazone);
        return CompletableFuture.completedFuture(datazone);
    }

    @Override
    public void remove(Datazone datazone) {
        all.remove(datazone);
        if (current.get() == datazone) {
            current.set(all.get(0));
        }
    }
}
