package org.datalabs.desktop.datazone;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ObservableList;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.Me;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.desktop.i18n.Texts;
import org.datalabs.desktop.problem.Problems;
import org.datalabs.desktop.task.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * A datazone over its HTTP API, the embedded one as well as any other. Its state belongs to the user interface's thread;
 * what comes from other threads gets there in batches, in order.
 */
final class RemoteDatazone implements Datazone, AutoCloseable {
    private final Identity identity;
    private final LiveState live;
    private final UiBatch batch;
    private final CatalogueKeeper catalogue;
    private final DatazoneLink link;
    private final BackgroundTasks shown;
    private final BackgroundTasks quiet;
    private final Texts texts = Texts.of(RemoteDatazone.class);
    private volatile @Nullable DatazoneClient client;

    /**
     * What does not change about it.
     *
     * @param address where it is, or null while only its access knows
     */
    record Identity(
            String key,
            String name,
            boolean isLocal,
            @Nullable URI address) {}

    /**
     * What all datazones of the app share.
     *
     * @param threads unbounded daemon threads for blocking work
     * @param ui the user interface's thread
     * @param shown lists commands that the user waits for
     */
    record Surroundings(Executor threads, Executor ui, BackgroundTasks shown, Clock clock) {}

    RemoteDatazone(Identity identity, DatazoneAccess access, Backoff backoff, CatalogueFile file, Surroundings around) {
        this.identity = identity;
        this.live = new LiveState(new Connection.Connecting(access.opening()));
        this.batch = new UiBatch(around.ui());
        this.shown = around.shown();
        this.quiet = new BackgroundTasks(around.threads(), around.ui());
        this.catalogue = new CatalogueKeeper(
                file,
                snapshot -> batch.add(() -> live.catalogue.set(snapshot)),
                around.threads(),
                around.ui(),
                around.clock());
        this.link = new DatazoneLink(
                identity.key(), access, new Watcher(), backoff, around.threads(), around.clock(), new Random());
    }

    /** Begins to connect. */
    void start() {
        link.start();
    }

    @Override
    public String key() {
        return identity.key();
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public boolean isLocal() {
        return identity.isLocal();
    }

    @Override
    public @Nullable URI address() {
        DatazoneClient current = client;
        return current == null ? identity.address() : current.address();
    }

    @Override
    public ReadOnlyObjectProperty<Connection> connectionProperty() {
        return live.connection.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable DatazoneInfo> infoProperty() {
        return live.info.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Me> meProperty() {
        return live.me.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<CatalogueSnapshot> catalogueProperty() {
        return live.catalogue.getReadOnlyProperty();
    }

    @Override
    public ObservableList<Session> sessions() {
        return live.sessions();
    }

    @Override
    public ObservableList<Volume> volumes() {
        return live.volumes();
    }

    @Override
    public ObservableList<UsageSample> usage(SessionId session) {
        return live.usage(session);
    }

    @Override
    public void retryNow() {
        link.retryNow();
    }

    @Override
    public CompletableFuture<CatalogueResult> search(CatalogueQuery query) {
        return catalogue.search(query);
    }

    @Override
    public CompletableFuture<Session> launch(LaunchRequest request) {
        return command(shown, "task.launch", api -> {
            Session launched = known(api.launch(request));
            batch.add(() -> readEntry(api, launched.datalab()));
            return launched;
        });
    }

    @Override
    public CompletableFuture<Session> change(SessionId session, SessionChange change) {
        return command(shown, "task.change", api -> known(api.change(session, change)));
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId session) {
        return command(shown, "task.destroy", api -> {
            Optional<Session> ending = api.destroy(session);
            if (ending.isPresent()) {
                known(ending.get());
            } else {
                batch.add(() -> live.removeSession(session));
            }
            return nothing();
        });
    }

    @Override
    public CompletableFuture<Void> mark(DatalabId datalab, Marks marks) {
        return command(quiet, "task.mark", api -> catalogue
                .put(api.mark(datalab, marks))
                .join());
    }

    @Override
    public CompletableFuture<Volume> addVolume(NewVolume volume) {
        return command(shown, "task.volume.add", api -> {
            Volume added = api.addVolume(volume);
            batch.add(() -> live.putVolume(added));
            return added;
        });
    }

    @Override
    public CompletableFuture<Void> removeVolume(VolumeId volume) {
        return command(shown, "task.volume.remove", api -> {
            api.removeVolume(volume);
            batch.add(() -> live.removeVolume(volume));
            return nothing();
        });
    }

    @Override
    public CompletableFuture<LogPage> log(SessionId session, long after, int limit, int waitSeconds) {
        return command(quiet, "task.log", api -> api.log(session, after, limit, waitSeconds));
    }

    @Override
    public CompletableFuture<Capacity> capacity() {
        return command(quiet, "task.capacity", DatazoneClient::capacity);
    }

    @Override
    public CompletableFuture<List<Session>> history() {
        return command(shown, "task.history", DatazoneClient::endedSessions);
    }

    @Override
    public CompletableFuture<URI> ticket(SessionId session) {
        return command(quiet, "task.ticket", api -> api.resolve(api.ticket(session)));
    }

    /** Forgets what was kept of it. */
    void forget() {
        catalogue.forget();
    }

    @Override
    public void close() {
        link.close();
        catalogue.close();
    }

    /** Shows a session as the answer of a command tells it, without waiting for its event. */
    private Session known(Session session) {
        batch.add(() -> live.putSession(session));
        return session;
    }

    /** Reads how often a datalab has been run by now. Nobody waits for it: without an answer the old number stands. */
    private void readEntry(DatazoneClient api, DatalabId datalab) {
        CompletableFuture<?> unused = quiet.start(
                        texts.get("task.entry"),
                        () -> catalogue.put(api.datalab(datalab)).join())
                .result()
                .handle((done, failure) -> null);
    }

    /** The only value that the result of a command without an answer can have. */
    @SuppressWarnings("NullAway")
    private static Void nothing() {
        return null;
    }

    private <T> CompletableFuture<T> command(BackgroundTasks tasks, String nameKey, Function<DatazoneClient, T> call) {
        DatazoneClient api = client;
        Connection connection = live.connection.get();
        if (api == null || !(connection instanceof Connection.Online)) {
            return CompletableFuture.failedFuture(new ProblemException(refusal(connection)));
        }
        Callable<T> work = () -> {
            try {
                return call.apply(api);
            } catch (RuntimeException failure) {
                throw told(failure);
            }
        };
        return tasks.start(texts.get(nameKey), work).result();
    }

    private Problem refusal(Connection connection) {
        return connection instanceof Connection.Offline
                ? Problem.of(
                        ProblemCode.UNREACHABLE,
                        texts.get("command.offline", name()),
                        texts.get("command.offline.remedy"))
                : Problem.of(
                        ProblemCode.UNREACHABLE,
                        texts.get("command.connecting", name()),
                        texts.get("command.connecting.remedy"));
    }

    private ProblemException told(RuntimeException failure) {
        Problem problem = Problems.of(failure);
        if (identity.isLocal() && problem.code() == ProblemCode.UNREACHABLE) {
            problem =
                    Problem.of(ProblemCode.UNREACHABLE, texts.get("command.local"), texts.get("command.local.remedy"));
        }
        return new ProblemException(problem, failure);
    }

    /** Brings what the link learns to the user interface's thread. */
    private final class Watcher implements ConnectionWatcher {
        private @Nullable Connection last;

        @Override
        public void onConnection(Connection connection) {
            if (last instanceof Connection.Online && connection instanceof Connection.Offline) {
                catalogue.confirm();
            }
            if (!Objects.equals(last, connection)) {
                last = connection;
                batch.add(() -> live.connection.set(connection));
            }
        }

        @Override
        public void onClient(DatazoneClient opened) {
            client = opened;
        }

        @Override
        public CompletableFuture<?> readCatalogue(DatazoneClient opened) {
            return catalogue.refresh(opened);
        }

        @Override
        public void onRead(FirstRead read) {
            batch.add(() -> {
                live.info.set(read.info());
                live.me.set(read.me());
                live.setSessions(read.sessions());
                live.setVolumes(read.volumes());
                read.sessions().stream()
                        .filter(session -> session.state().holdsQuota())
                        .forEach(session -> readUsage(session.id()));
            });
        }

        private void readUsage(SessionId session) {
            DatazoneClient api = client;
            if (api == null) {
                return;
            }
            CompletableFuture<?> unused = quiet.start(texts.get("task.usage"), () -> api.usage(session))
                    .result()
                    .handle((samples, failure) -> {
                        // Without the past, samples begin with the next event.
                        if (failure == null) {
                            live.setUsage(session, samples);
                        }
                        return null;
                    });
        }

        @Override
        public void onVolumes(List<Volume> volumes) {
            batch.add(() -> live.setVolumes(volumes));
        }

        @Override
        public void onInfo(DatazoneInfo info) {
            batch.add(() -> live.info.set(info));
        }

        @Override
        public void onEvent(DatazoneEvent event) {
            batch.add(() -> live.take(event));
        }
    }
}
