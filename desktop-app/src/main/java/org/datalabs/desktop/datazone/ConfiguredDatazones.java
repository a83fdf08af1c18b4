package org.datalabs.desktop.datazone;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.client.DatazoneAddress;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.task.BackgroundTasks;
import org.datalabs.desktop.task.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * "This computer" and the datazones of the user's list. All begin to connect when this is made, which may be before the
 * user interface has started; from then on it belongs to the user interface's thread.
 */
public final class ConfiguredDatazones implements Datazones, AutoCloseable {
    /** Environment variable with the access token for a datazone that is given on the command line. */
    public static final String TOKEN_VARIABLE = "DATALABS_TOKEN";

    private static final System.Logger LOG = System.getLogger(ConfiguredDatazones.class.getName());
    private static final Duration EMBEDDED_READY_WITHIN = Duration.ofSeconds(30);
    private static final int LONGEST_NAME = 60;

    private final AppFolders folders;
    private final RemoteDatazone.Surroundings around;
    private final SettingsFiles files;
    private final Executor writer;
    private final Texts texts = Texts.of(ConfiguredDatazones.class);
    private final ObservableList<Datazone> all = FXCollections.observableArrayList();
    private final ObservableList<Datazone> readOnlyAll = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<Datazone> current;
    private final @Nullable URI wanted;
    private DatazoneSettings settings;
    private Map<String, String> tokens;

    /**
     * @param folders where everything is kept
     * @param embedded how the service of this computer is started
     * @param given a datazone to work on from the start, or null; with a token it is not added to the list
     * @param threads unbounded daemon threads for blocking work
     * @param ui runs jobs on the user interface's thread, in order; may hold them until that has started
     * @param shown lists the commands that the user waits for
     */
    public ConfiguredDatazones(
            AppFolders folders,
            EmbeddedCommand embedded,
            @Nullable GivenDatazone given,
            Executor threads,
            Executor ui,
            BackgroundTasks shown,
            Clock clock) {
        this.folders = folders;
        this.around = new RemoteDatazone.Surroundings(threads, ui, shown, clock);
        this.files = new SettingsFiles(folders, clock);
        this.writer = new SerialExecutor(threads);
        RemoteDatazone local = local(embedded);
        // First, since its start takes longest.
        local.start();
        this.settings = files.readList();
        this.tokens = settings.datazones().isEmpty() ? Map.of() : files.readTokens();
        all.add(local);
        for (DatazoneSettings.Entry entry : settings.datazones()) {
            all.add(started(remote(entry, tokens.get(entry.key()))));
        }
        this.wanted = given != null
                        && given.token() == null
                        && settings.at(given.address()).isEmpty()
                ? given.address()
                : null;
        this.current =
                new ReadOnlyObjectWrapper<>(given == null || wanted != null ? byKey(settings.current()) : open(given));
    }

    /**
     * A datazone of the command line.
     *
     * @param address http or https
     * @param token access token, a secret, or null
     */
    public record GivenDatazone(URI address, @Nullable String token) {
        @Override
        public String toString() {
            return "GivenDatazone[" + address + "]";
        }
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
        if (!all.contains(datazone) || current.get() == datazone) {
            return;
        }
        current.set(datazone);
        boolean kept =
                settings.datazones().stream().anyMatch(entry -> entry.key().equals(datazone.key()));
        if (kept || datazone.isLocal()) {
            settings = settings.withCurrent(datazone.key());
            save(settings);
        }
    }

    @Override
    public CompletableFuture<Datazone> add(String name, URI address, @Nullable String token) {
        Optional<Problem> mistake = mistake(name, address, token);
        if (mistake.isPresent()) {
            return CompletableFuture.failedFuture(new ProblemException(mistake.get()));
        }
        return around.shown()
                .start(texts.get("task.add", name), () -> answersOnce(address, token))
                .result()
                .thenApply(answered -> keep(name.strip(), answered, token));
    }

    @Override
    public void remove(Datazone datazone) {
        if (datazone.isLocal() || !all.remove(datazone)) {
            return;
        }
        if (current.get() == datazone) {
            current.set(all.get(0));
        }
        settings = settings.without(datazone.key());
        Map<String, String> fewer = new HashMap<>(tokens);
        fewer.remove(datazone.key());
        tokens = Map.copyOf(fewer);
        save(settings);
        saveTokens(tokens);
        if (datazone instanceof RemoteDatazone gone) {
            around.threads().execute(() -> {
                gone.close();
                gone.forget();
            });
        }
    }

    /** The given datazone while it is neither in the list nor came with a token: the user has to be asked for one. */
    public Optional<URI> wanted() {
        return Optional.ofNullable(wanted);
    }

    /** Why the list is empty although there was one, to be shown once; empty when all is well. */
    public Optional<Problem> damage() {
        return Optional.ofNullable(files.keptAside())
                .map(aside -> Problem.of(
                        ProblemCode.STORE_DAMAGED,
                        texts.get("settings.damaged"),
                        texts.get("settings.damaged.remedy", aside)));
    }

    /** Ends all connections and the service of this computer, for which it waits a moment. */
    @Override
    public void close() {
        for (Datazone datazone : all) {
            if (datazone instanceof RemoteDatazone open) {
                open.close();
            }
        }
    }

    private RemoteDatazone local(EmbeddedCommand command) {
        return new RemoteDatazone(
                new RemoteDatazone.Identity(DatazoneSettings.LOCAL_KEY, texts.get("local.name"), true, null),
                new EmbeddedService(command, folders, EMBEDDED_READY_WITHIN, around.clock()),
                Backoff.EMBEDDED,
                catalogueFile(DatazoneSettings.LOCAL_KEY),
                around);
    }

    private RemoteDatazone remote(DatazoneSettings.Entry entry, @Nullable String token) {
        return new RemoteDatazone(
                new RemoteDatazone.Identity(entry.key(), entry.name(), false, entry.address()),
                new FixedAccess(new Endpoint(entry.address(), token), texts.get("remote.connecting", entry.name())),
                Backoff.REMOTE,
                catalogueFile(entry.key()),
                around);
    }

    private CatalogueFile catalogueFile(String key) {
        return new CatalogueFile(folders.desktop().resolve("catalogues"), key, around.clock());
    }

    private static RemoteDatazone started(RemoteDatazone datazone) {
        datazone.start();
        return datazone;
    }

    /** One that is in the list already is that one. */
    private Datazone open(GivenDatazone given) {
        Optional<DatazoneSettings.Entry> known = settings.at(given.address());
        if (known.isPresent()) {
            return byKey(known.get().key());
        }
        String host = given.address().getHost();
        String name = host == null ? given.address().toString() : host;
        DatazoneSettings.Entry entry =
                new DatazoneSettings.Entry(settings.freeKey(given.address()), name, given.address());
        Datazone opened = started(remote(entry, given.token()));
        all.add(opened);
        return opened;
    }

    private Datazone byKey(String key) {
        return all.stream()
                .filter(datazone -> datazone.key().equals(key))
                .findFirst()
                .orElse(all.get(0));
    }

    private Optional<Problem> mistake(String name, URI address, @Nullable String token) {
        if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
            return Optional.of(Problem.field("name", texts.get("add.name")));
        }
        Optional<String> wrong = DatazoneAddress.error(address);
        if (wrong.isPresent()) {
            return Optional.of(Problem.field("address", wrong.get()));
        }
        if (settings.at(address).isPresent()) {
            return Optional.of(Problem.field("address", texts.get("add.known")));
        }
        boolean readable = "http".equalsIgnoreCase(address.getScheme()) && !DatazoneAddress.isLoopback(address);
        return token != null && readable
                ? Optional.of(Problem.field("address", texts.get("add.insecure")))
                : Optional.empty();
    }

    /** Asks for what needs a valid token as well. */
    private static URI answersOnce(URI address, @Nullable String token) {
        try (DatazoneClient client = new DatazoneClient(address, () -> Optional.ofNullable(token))) {
            client.me();
            return client.address();
        } catch (RuntimeException failure) {
            throw new ProblemException(Problems.of(failure), failure);
        }
    }

    private Datazone keep(String name, URI address, @Nullable String token) {
        DatazoneSettings.Entry entry = new DatazoneSettings.Entry(settings.freeKey(address), name, address);
        settings = settings.with(entry);
        save(settings);
        if (token != null) {
            Map<String, String> more = new HashMap<>(tokens);
            more.put(entry.key(), token);
            tokens = Map.copyOf(more);
            saveTokens(tokens);
        }
        Datazone added = started(remote(entry, token));
        all.add(added);
        return added;
    }

    private void save(DatazoneSettings changed) {
        writer.execute(() -> write(() -> files.writeList(changed)));
    }

    private void saveTokens(Map<String, String> changed) {
        writer.execute(() -> write(() -> files.writeTokens(changed)));
    }

    /** Writes a file. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "The list of datazones could not be saved", failure);
        }
    }
}
