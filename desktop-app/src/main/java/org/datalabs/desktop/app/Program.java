package org.datalabs.desktop.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.datalabs.desktop.catalogue.CatalogueView;
import org.datalabs.desktop.catalogue.DetailsView;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.dashboard.DashboardFeature;
import org.datalabs.desktop.datazone.AppFolders;
import org.datalabs.desktop.datazone.ConfiguredDatazones;
import org.datalabs.desktop.datazone.EmbeddedCommand;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.instance.AppInstance;
import org.datalabs.desktop.launch.LaunchFeature;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.running.SessionJournal;
import org.datalabs.desktop.running.SessionNotifier;
import org.datalabs.desktop.session.SessionFeature;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.settings.DatazoneForm;
import org.datalabs.desktop.settings.SettingsFile;
import org.datalabs.desktop.settings.SettingsView;
import org.datalabs.desktop.task.BackgroundTasks;
import org.datalabs.desktop.task.DeferredExecutor;
import org.datalabs.desktop.task.SerialExecutor;
import org.datalabs.desktop.theme.Appearance;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.ScreenContext;
import org.datalabs.desktop.view.Ticker;
import org.datalabs.desktop.volumes.VolumesFeature;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: makes everything and hands it to whom it concerns. Datazones begin to connect when this is made,
 * which is before the user interface has started; {@link #open} follows on the JavaFX thread.
 */
final class Program {
    private static final Logger LOG = System.getLogger(Program.class.getName());

    private final Texts texts = Texts.of(Program.class);
    private final Clock clock = Clock.systemUTC();
    private final AppFolders folders;
    private final AppInstance instance;
    private final ExecutorService threads = Executors.newCachedThreadPool(Program::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Program::daemon);
    private final DeferredExecutor ui = new DeferredExecutor();
    private final BackgroundTasks tasks = new BackgroundTasks(threads, ui);
    private final Appearance appearance = new Appearance();
    private final SettingsFile settings;
    private final ConfiguredDatazones datazones;
    private Subscription running = Subscription.EMPTY;
    private @Nullable ToastHost toasts;

    Program(AppFolders folders, @Nullable URI datazone, AppInstance instance) {
        this.folders = folders;
        this.instance = instance;
        datazones = new ConfiguredDatazones(
                folders,
                EmbeddedCommand.of(System::getProperty),
                datazone == null
                        ? null
                        : new ConfiguredDatazones.GivenDatazone(
                                datazone, System.getenv(ConfiguredDatazones.TOKEN_VARIABLE)),
                threads,
                ui,
                tasks,
                clock);
        settings = new SettingsFile(folders.desktop(), new SerialExecutor(threads));
        settings.load(appearance);
    }

    /**
     * Opens the window; on the JavaFX thread, once.
     *
     * @param training whether it closes again after a rehearsal
     */
    void open(Stage stage, boolean training) {
        ui.open(Platform::runLater);
        Ticker ticker = new Ticker(clock);
        SystemBrowser browser = new SystemBrowser(System.getProperty("os.name", ""), threads, this::sayNotOpened);
        MainWindow window = new MainWindow(
                datazones,
                appearance,
                browser,
                clock,
                ticker.nowProperty(),
                Program.class.getPackage().getImplementationVersion(),
                this::addScreens);
        toasts = window.context().toasts();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> sayFault(thrown));
        running = Subscription.combine(settings.follow(appearance), ticker.start(clock, timer, ui));
        stage.setOnHidden(event -> close());
        window.show(stage, texts.get("brand"));
        datazones.wanted().ifPresent(new DatazoneForm(window.context())::open);
        instance.onShow(request -> ui.execute(() -> comeForward(stage)));
        if (training) {
            new Rehearsal(window.context(), stage::hide).start();
        }
    }

    private void addScreens(Screens screens, ScreenContext context) {
        SessionCommands commands = new SessionCommands(context.dialogs(), context.toasts());
        SessionJournal journal = new SessionJournal(datazones, context.now());
        LaunchPort launches = LaunchFeature.create(
                context, VolumesFeature.forms(), session -> context.navigator().open(new Place.Running(session.id())));
        LateSessions tabs = new LateSessions(() -> new SessionFeature(
                context,
                launches,
                commands,
                sessionEnvironment(),
                Path.of(System.getProperty("user.home"), "Downloads")));
        notify(context, commands, journal, tabs);
        screens.add(Place.Catalogue.class, () -> new CatalogueView(context, launches, tabs));
        screens.add(Place.Details.class, () -> new DetailsView(context, launches, tabs));
        screens.add(Place.Dashboard.class, () -> DashboardFeature.create(context, launches, tabs, commands, journal));
        screens.add(Place.Running.class, tabs::screen);
        screens.add(Place.Volumes.class, () -> VolumesFeature.create(context, launches));
        screens.add(Place.Settings.class, () -> new SettingsView(context, appearance, folders.state()));
    }

    private SessionEnvironment sessionEnvironment() {
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
        return new SessionEnvironment(http, threads, timer, clock);
    }

    private void notify(ScreenContext context, SessionCommands commands, SessionJournal journal, SessionPort tabs) {
        SessionNotifier notifier = new SessionNotifier(
                context.toasts(),
                context.notices(),
                commands,
                session -> new Place.Running(session.id())
                        .equals(context.navigator().placeProperty().get()),
                (datazone, session) -> {
                    datazones.select(datazone);
                    tabs.open(session.id());
                },
                (datazone, session) -> {
                    datazones.select(datazone);
                    tabs.openLog(session.id());
                });
        journal.read(notifier::hear);
        DatazoneNotices.follow(datazones, context.notices(), clock);
    }

    private static void comeForward(Stage stage) {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void sayNotOpened(URI address) {
        ui.execute(() -> say(texts.get("browser.failed", address)));
    }

    /** Whatever nobody caught: the user is told in plain words, the log has the rest. */
    private void sayFault(Throwable thrown) {
        if (thrown instanceof Error) {
            LOG.log(Level.ERROR, "The user interface failed", thrown);
        }
        say(Problems.of(thrown).text());
    }

    private void say(String words) {
        if (toasts != null) {
            toasts.show(new ToastHost.Toast(Tone.WARNING, words, null));
        }
    }

    private void close() {
        running.unsubscribe();
        tasks.cancelAll();
        datazones.close();
        instance.close();
        timer.shutdown();
        threads.shutdown();
    }

    private static Thread daemon(Runnable job) {
        Thread thread = new Thread(job, "worker");
        thread.setDaemon(true);
        return thread;
    }
}
