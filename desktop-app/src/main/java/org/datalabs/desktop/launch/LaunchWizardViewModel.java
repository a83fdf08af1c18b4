package org.datalabs.desktop.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.ResourcePreset;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.problem.Problems;
import org.jspecify.annotations.Nullable;

/** The choices of one launch, judged at every change by the rules that the datazone applies. */
final class LaunchWizardViewModel {
    /** What keeps every launch from happening. */
    enum Obstacle {
        OFFLINE,
        NOT_AVAILABLE
    }

    private final Datazone datazone;
    private final CatalogueEntry entry;
    private final ObservableValue<QuotaUse> quota;
    private final ResourcesViewModel resources;
    private final VolumesViewModel volumes;
    private final List<OptionChoice> options;
    private final ObjectProperty<Version> version;
    private final StringProperty name;
    private final BooleanProperty openWhenReady = new SimpleBooleanProperty(this, "openWhenReady", true);
    private final ObjectProperty<WizardStep> step = new SimpleObjectProperty<>(this, "step", WizardStep.VERSION);
    private final ReadOnlyObjectWrapper<LaunchVerdict> verdict =
            new ReadOnlyObjectWrapper<>(this, "verdict", LaunchVerdict.ACCEPTED);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running", false);
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper(this, "changes", 0);
    private final InvalidationListener onChange = observable -> judge();
    private @Nullable LaunchRequest judged;
    private @Nullable QuotaUse judgedWith;
    private Consumer<Session> onLaunched = session -> {};
    private Consumer<LaunchRequest> onSessionsUsedUp = request -> {};

    /** @param settings what to fill in; what they leave open is the maintainer's */
    LaunchWizardViewModel(Datazone datazone, CatalogueEntry entry, LaunchRequest settings) {
        this.datazone = datazone;
        this.entry = entry;
        Datalab datalab = entry.datalab();
        quota = ResourceChoices.quota(datazone);
        resources = new ResourcesViewModel(datalab, settings, quota);
        volumes = new VolumesViewModel(datalab, settings, datazone.volumes());
        Map<String, String> given = settings.options() == null ? Map.of() : settings.options();
        options = datalab.options().stream()
                .map(option -> new OptionChoice(option, given.getOrDefault(option.name(), option.defaultValue())))
                .toList();
        version = new SimpleObjectProperty<>(this, "version", version(datalab, settings));
        String wantedName = settings.name();
        name = new SimpleStringProperty(this, "name", wantedName == null ? datalab.name() : wantedName);
        listen();
        judge();
        lookForRoom();
    }

    private static Version version(Datalab datalab, LaunchRequest settings) {
        return Optional.ofNullable(settings.version()).flatMap(datalab::version).orElseGet(datalab::currentVersion);
    }

    /** A forecast only: without an answer the wizard says nothing of it. */
    private void lookForRoom() {
        if (datazone.connectionProperty().get() instanceof Connection.Online) {
            CompletableFuture<?> unused = datazone.capacity()
                    .thenAccept(capacity -> resources.capacityProperty().set(capacity));
        }
    }

    private void listen() {
        resources.capacityProperty().addListener(onChange);
        resources.cpuMillisProperty().addListener(onChange);
        resources.memoryBytesProperty().addListener(onChange);
        resources.gpusProperty().addListener(onChange);
        resources.lifetimeMinutesProperty().addListener(onChange);
        volumes.mounts().addListener(onChange);
        options.forEach(option -> option.valueProperty().addListener(onChange));
        version.addListener(onChange);
        name.addListener(onChange);
        quota.addListener(onChange);
        datazone.volumes().addListener(onChange);
        datazone.connectionProperty().addListener(onChange);
        step.addListener(onChange);
        running.addListener(onChange);
    }

    /** Lets go of the datazone. */
    void close() {
        quota.removeListener(onChange);
        datazone.volumes().removeListener(onChange);
        datazone.connectionProperty().removeListener(onChange);
        volumes.close();
    }

    /** Told of the session once it is launched. */
    void setOnLaunched(Consumer<Session> action) {
        onLaunched = action;
    }

    /** Told when the launch is fine but for the number of sessions. */
    void setOnSessionsUsedUp(Consumer<LaunchRequest> action) {
        onSessionsUsedUp = action;
    }

    Datazone datazone() {
        return datazone;
    }

    CatalogueEntry entry() {
        return entry;
    }

    Datalab datalab() {
        return entry.datalab();
    }

    ResourcesViewModel resources() {
        return resources;
    }

    VolumesViewModel volumes() {
        return volumes;
    }

    List<OptionChoice> options() {
        return options;
    }

    ObjectProperty<Version> versionProperty() {
        return version;
    }

    StringProperty nameProperty() {
        return name;
    }

    BooleanProperty openWhenReadyProperty() {
        return openWhenReady;
    }

    ReadOnlyObjectProperty<WizardStep> stepProperty() {
        return step;
    }

    ObservableValue<QuotaUse> quotaProperty() {
        return quota;
    }

    /** What the rules say to the present choices, or the datazone to the last launch until a choice changes. */
    ReadOnlyObjectProperty<LaunchVerdict> verdictProperty() {
        return verdict.getReadOnlyProperty();
    }

    /** Counts every change of anything that a view shows. */
    ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /** Whether the launch is on its way. */
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Why nothing can be launched, whatever is chosen; empty when something can. */
    Optional<Obstacle> obstacle() {
        if (!(datazone.connectionProperty().get() instanceof Connection.Online)) {
            return Optional.of(Obstacle.OFFLINE);
        }
        return entry.availability().available() ? Optional.empty() : Optional.of(Obstacle.NOT_AVAILABLE);
    }

    void goTo(WizardStep wanted) {
        step.set(wanted);
    }

    void next() {
        lookForRoom();
        step.get().next().ifPresent(step::set);
    }

    void back() {
        step.get().previous().ifPresent(step::set);
    }

    LaunchRequest request() {
        Map<String, String> values = new LinkedHashMap<>();
        options.forEach(option ->
                values.put(option.option().name(), option.valueProperty().get()));
        Optional<ResourcePreset> preset = resources.chosenPreset();
        return new LaunchRequest(
                datalab().id(),
                version.get().name(),
                name.get().strip(),
                preset.map(ResourcePreset::id).orElse(null),
                preset.isPresent() ? null : resources.resources(),
                volumes.request(),
                values,
                resources.lifetimeMinutesProperty().get());
    }

    /** Launches what is chosen; goes to the first refused value instead when there is one. */
    void run() {
        if (running.get() || obstacle().isPresent()) {
            return;
        }
        LaunchVerdict now = verdict.get();
        if (now.overQuota() && quota.getValue().sessionsLeft() == 0) {
            onSessionsUsedUp.accept(request());
            return;
        }
        if (now.firstRefused().isPresent()) {
            step.set(now.firstRefused().get());
            return;
        }
        running.set(true);
        CompletableFuture<?> unused = datazone.launch(request()).whenComplete((session, thrown) -> {
            running.set(false);
            if (thrown == null) {
                onLaunched.accept(session);
            } else {
                refused(Problems.of(thrown));
            }
        });
    }

    private void refused(Problem problem) {
        LaunchVerdict told = LaunchVerdict.of(problem);
        if (told.overQuota() && quota.getValue().sessionsLeft() == 0) {
            onSessionsUsedUp.accept(request());
        }
        verdict.set(told);
        changes.set(changes.get() + 1);
        told.firstRefused().ifPresent(step::set);
    }

    private void judge() {
        volumes.judge();
        LaunchRequest now = request();
        if (!now.equals(judged) || !quota.getValue().equals(judgedWith)) {
            judged = now;
            judgedWith = quota.getValue();
            verdict.set(LaunchVerdict.of(LaunchRules.decide(now, datalab(), volumes.byId(), judgedWith)));
        }
        changes.set(changes.get() + 1);
    }
}
