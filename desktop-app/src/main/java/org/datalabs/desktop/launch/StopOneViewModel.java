package org.datalabs.desktop.launch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/** The choice of a running datalab to stop when the number of sessions is used up, and the launch in its place. */
final class StopOneViewModel {
    private final Datazone datazone;
    private final CatalogueEntry entry;
    private final LaunchRequest request;
    private final ObservableValue<QuotaUse> quota;
    private final ObjectProperty<@Nullable Session> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper(this, "working", false);
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final InvalidationListener onQuota = observable -> launchWhenFree();
    private final Consumer<Session> onLaunched;
    private boolean waiting;

    /** @param onLaunched told of the session once it is launched */
    StopOneViewModel(Datazone datazone, CatalogueEntry entry, LaunchRequest request, Consumer<Session> onLaunched) {
        this.datazone = datazone;
        this.entry = entry;
        this.request = request;
        this.onLaunched = onLaunched;
        quota = ResourceChoices.quota(datazone);
        quota.addListener(onQuota);
    }

    /** Lets go of the datazone; a launch that still waits for room is given up. */
    void close() {
        waiting = false;
        quota.removeListener(onQuota);
    }

    CatalogueEntry entry() {
        return entry;
    }

    Datazone datazone() {
        return datazone;
    }

    /** Those that hold quota, the ones that were not used for longest first. */
    List<Session> candidates() {
        return datazone.sessions().stream()
                .filter(session -> session.state().holdsQuota())
                .sorted(Comparator.comparing(StopOneViewModel::lastUsed))
                .toList();
    }

    private static Instant lastUsed(Session session) {
        return Optional.ofNullable(session.lastUsedAt()).orElse(session.createdAt());
    }

    int limit() {
        return quota.getValue().quota().sessions();
    }

    ObjectProperty<@Nullable Session> chosenProperty() {
        return chosen;
    }

    /** Whether the chosen one is being stopped or the new one launched. */
    ReadOnlyBooleanProperty workingProperty() {
        return working.getReadOnlyProperty();
    }

    /** Why the last try failed, or null. */
    ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Stops the chosen one and launches as soon as its share of the quota is free. */
    void stopAndRun() {
        Session victim = chosen.get();
        if (victim == null || working.get()) {
            return;
        }
        working.set(true);
        problem.set(null);
        CompletableFuture<?> unused = datazone.destroy(victim.id()).whenComplete((nothing, thrown) -> {
            if (thrown != null) {
                fail(thrown);
                return;
            }
            waiting = true;
            launchWhenFree();
        });
    }

    private void launchWhenFree() {
        if (!waiting || quota.getValue().sessionsLeft() == 0) {
            return;
        }
        waiting = false;
        CompletableFuture<?> unused = datazone.launch(request).whenComplete((session, thrown) -> {
            if (thrown == null) {
                working.set(false);
                onLaunched.accept(session);
            } else {
                fail(thrown);
            }
        });
    }

    private void fail(Throwable thrown) {
        working.set(false);
        problem.set(Problems.of(thrown));
    }
}
