package org.datalabs.desktop.launch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.datalabs.core.api.Me;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.LaunchRules;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.session.Session;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.problem.Problems;

/** Launches on the current datazone: at once where nothing is open, else through a dialog. */
final class LaunchDesk implements LaunchPort {
    private final Datazones datazones;
    private final LaunchDialogs dialogs;
    private final Consumer<Session> open;

    /** @param open shows a session's tab */
    LaunchDesk(Datazones datazones, LaunchDialogs dialogs, Consumer<Session> open) {
        this.datazones = datazones;
        this.dialogs = dialogs;
        this.open = open;
    }

    @Override
    public void run(DatalabId datalab) {
        run(LaunchRequest.defaults(datalab));
    }

    @Override
    public void run(LaunchRequest settings) {
        launch(settings, open);
    }

    @Override
    public void choose(DatalabId datalab) {
        choose(LaunchRequest.defaults(datalab));
    }

    @Override
    public void choose(LaunchRequest settings) {
        find(settings.datalab()).ifPresent(entry -> wizard(entry, settings));
    }

    @Override
    public void runAgain(Session session) {
        launch(again(session, session.resources()), this::tellStarted);
    }

    @Override
    public void runAgainWithMoreMemory(Session session) {
        launch(again(session, moreResources(session).orElse(session.resources())), this::tellStarted);
    }

    @Override
    public long moreMemory(Session session) {
        return moreResources(session).map(Resources::memoryBytes).orElse(0L);
    }

    private Optional<Resources> moreResources(Session session) {
        return datazone()
                .catalogueProperty()
                .get()
                .find(session.datalab())
                .flatMap(entry -> ResourceChoices.moreMemory(session, entry.datalab()));
    }

    private void tellStarted(Session session) {
        dialogs.started(session, () -> open.accept(session));
    }

    private static LaunchRequest again(Session session, Resources resources) {
        long minutes = Duration.between(session.createdAt(), session.endsAt()).toMinutes();
        return new LaunchRequest(
                session.datalab(),
                session.version(),
                session.name(),
                null,
                resources,
                session.mounts(),
                session.options(),
                (int) Math.max(1, Math.min(LaunchRules.LONGEST_LIFETIME_MINUTES, minutes)));
    }

    private void launch(LaunchRequest request, Consumer<Session> onLaunched) {
        Optional<CatalogueEntry> entry = find(request.datalab());
        if (entry.isEmpty()) {
            return;
        }
        Datazone datazone = datazone();
        if (sessionsUsedUp(datazone)) {
            stopOne(datazone, entry.get(), request, onLaunched);
            return;
        }
        CompletableFuture<?> unused = datazone.launch(request).whenComplete((session, thrown) -> {
            if (thrown == null) {
                onLaunched.accept(session);
            } else {
                refused(datazone, entry.get(), request, Problems.of(thrown), onLaunched);
            }
        });
    }

    /** What can be mended by other choices goes to the wizard, the rest is said. */
    private void refused(
            Datazone datazone,
            CatalogueEntry entry,
            LaunchRequest request,
            Problem problem,
            Consumer<Session> onLaunched) {
        if (problem.code() == ProblemCode.QUOTA_REACHED && sessionsUsedUp(datazone)) {
            stopOne(datazone, entry, request, onLaunched);
        } else if (problem.code() == ProblemCode.QUOTA_REACHED
                || !problem.fields().isEmpty()) {
            LaunchWizardViewModel wizard = wizard(entry, request);
            LaunchVerdict.of(problem).firstRefused().ifPresent(wizard::goTo);
        } else {
            dialogs.refused(entry.datalab().name(), problem);
        }
    }

    private LaunchWizardViewModel wizard(CatalogueEntry entry, LaunchRequest settings) {
        Datazone datazone = datazone();
        LaunchWizardViewModel wizard = new LaunchWizardViewModel(datazone, entry, settings);
        Consumer<Session> onLaunched = session -> {
            dialogs.close();
            if (wizard.openWhenReadyProperty().get()) {
                open.accept(session);
            } else {
                tellStarted(session);
            }
        };
        wizard.setOnLaunched(onLaunched);
        wizard.setOnSessionsUsedUp(request -> stopOne(datazone, entry, request, onLaunched));
        dialogs.wizard(wizard);
        return wizard;
    }

    private void stopOne(Datazone datazone, CatalogueEntry entry, LaunchRequest request, Consumer<Session> onLaunched) {
        dialogs.stopOne(new StopOneViewModel(datazone, entry, request, session -> {
            dialogs.close();
            onLaunched.accept(session);
        }));
    }

    private static boolean sessionsUsedUp(Datazone datazone) {
        Me me = datazone.meProperty().get();
        return me != null && me.quota().sessionsLeft() == 0;
    }

    private Optional<CatalogueEntry> find(DatalabId id) {
        Optional<CatalogueEntry> entry = datazone().catalogueProperty().get().find(id);
        if (entry.isEmpty()) {
            dialogs.refused(
                    id.value(),
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            id + " is not in the catalogue of " + datazone().name() + ".",
                            "Choose another datalab."));
        }
        return entry;
    }

    private Datazone datazone() {
        return datazones.currentProperty().get();
    }
}
