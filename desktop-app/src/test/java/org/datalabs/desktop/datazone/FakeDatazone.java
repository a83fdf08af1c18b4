package org.datalabs.desktop.datazone;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.Me;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.User;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.Desired;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * A datazone without a network for tests of screens: its state is set by the test, its commands are recorded and carried
 * out on that state. Starts online with TOPCAT, JupyterLab, CASA (not available) and the volume Samples.
 *
 * <p>Futures complete at once, on the caller's thread; after {@link #holdAnswers()} only with {@link #answerAll()}. After
 * {@link #refuse(Problem)} every command fails until {@link #accept()}.
 */
public final class FakeDatazone implements Datazone {
    private final String key;
    private final ReadOnlyObjectWrapper<Connection> connection = new ReadOnlyObjectWrapper<>(new Connection.Online(3));
    private final ReadOnlyObjectWrapper<@Nullable DatazoneInfo> info = new ReadOnlyObjectWrapper<>(
            new DatazoneInfo("This computer", "2 cores, 8 GB", "local", "1.0.0", Resources.of(8, 32), null, List.of()));
    private final ReadOnlyObjectWrapper<@Nullable Me> me =
            new ReadOnlyObjectWrapper<>(new Me(new User(FakeDatalabs.ANNA, "Anna"), FakeDatalabs.unused()));
    private final ReadOnlyObjectWrapper<CatalogueSnapshot> catalogue =
            new ReadOnlyObjectWrapper<>(CatalogueSnapshot.NONE);
    private final ObservableList<Session> sessions = FXCollections.observableArrayList();
    private final ObservableList<Volume> volumes = FXCollections.observableArrayList(FakeDatalabs.samples());
    private final Map<SessionId, ObservableList<UsageSample>> usage = new HashMap<>();
    // Held here: a read-only view that nobody holds is collected together with its listeners.
    private final ObservableList<Session> readOnlySessions = FXCollections.unmodifiableObservableList(sessions);
    private final ObservableList<Volume> readOnlyVolumes = FXCollections.unmodifiableObservableList(volumes);
    private final Map<SessionId, ObservableList<UsageSample>> readOnlyUsage = new HashMap<>();
    private final List<Session> history = new ArrayList<>();
    private final Map<SessionId, List<LogPage.Line>> logs = new HashMap<>();

    private final Map<String, String> forgiven = new HashMap<>();
    private final List<Object> commands = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private @Nullable Problem refusal;
    private String name = "This computer";
    private int launched;
    private Capacity capacity = new Capacity(List.of(new Capacity.Room(Resources.of(8, 32), Resources.of(8, 32))));

    public FakeDatazone() {
        this("local");
    }

    /** {@code key} is {@code local} for "This computer". */
    public FakeDatazone(String key) {
        this.key = key;
        if (!isLocal()) {
            name = key;
        }
        setCatalogue(FakeDatalabs.topcat(), FakeDatalabs.jupyter(), FakeDatalabs.casa());
    }

    /** {@link #destroy} as a recorded command. */
    public record Destroy(SessionId session) {}

    /** {@link #change} as a recorded command. */
    public record Change(SessionId session, SessionChange change) {}

    /** {@link #mark} as a recorded command. */
    public record Mark(DatalabId datalab, Marks marks) {}

    /** {@link #removeVolume} as a recorded command. */
    public record RemoveVolume(VolumeId volume) {}

    /** {@link #ticket} as a recorded command. */
    public record TakeTicket(SessionId session) {}

    /** {@link #retryNow} as a recorded command. */
    public record Retry() {}

    // What tests set and ask.

    public void setCapacity(Capacity newCapacity) {
        capacity = newCapacity;
    }

    /** LaunchRequest, NewVolume, and the records of this class, in order. */
    public List<Object> commands() {
        return List.copyOf(commands);
    }

    /** The recorded commands of one type. */
    public <T> List<T> commands(Class<T> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public void refuse(Problem problem) {
        refusal = problem;
    }

    public void accept() {
        refusal = null;
    }

    /** Lets a search for {@code mistyped} find what {@code meant} finds. */
    public void forgive(String mistyped, String meant) {
        forgiven.put(mistyped, meant);
    }

    public void holdAnswers() {
        holding = true;
    }

    /** Completes what was held back, in order, and what comes from now on at once. */
    public void answerAll() {
        holding = false;
        List<Runnable> answers = List.copyOf(held);
        held.clear();
        answers.forEach(Runnable::run);
    }

    public void setName(String newName) {
        name = newName;
    }

    public void setConnection(Connection newConnection) {
        connection.set(newConnection);
    }

    public void goOffline() {
        setConnection(new Connection.Offline(FakeDatalabs.NOON, unreachable(), FakeDatalabs.NOON.plusSeconds(30)));
    }

    public void goOnline() {
        setConnection(new Connection.Online(3));
    }

    public void setInfo(@Nullable DatazoneInfo newInfo) {
        info.set(newInfo);
    }

    public void setMe(@Nullable Me newMe) {
        me.set(newMe);
    }

    public void setQuota(QuotaUse quota) {
        me.set(new Me(new User(FakeDatalabs.ANNA, "Anna"), quota));
    }

    public void setCatalogue(CatalogueEntry... entries) {
        setCatalogue(CatalogueSnapshot.of("r" + entries.length, FakeDatalabs.NOON, List.of(entries)));
    }

    public void setCatalogue(CatalogueSnapshot snapshot) {
        catalogue.set(snapshot);
    }

    public void setSessions(Session... newSessions) {
        sessions.setAll(newSessions);
    }

    /** Puts {@code session} in the place of the one with its id, or first when there is none, as an event would. */
    public void putSession(Session session) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).id().equals(session.id())) {
                sessions.set(i, session);
                return;
            }
        }
        sessions.add(0, session);
    }

    public void setVolumes(Volume... newVolumes) {
        volumes.setAll(newVolumes);
    }

    public void setHistory(Session... ended) {
        history.clear();
        history.addAll(List.of(ended));
    }

    public void addUsage(UsageSample sample) {
        samples(sample.session()).add(sample);
    }

    public void addLog(SessionId session, LogPage.Line line) {
        logs.computeIfAbsent(session, any -> new ArrayList<>()).add(line);
    }

    // What screens see.

    @Override
    public String key() {
        return key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isLocal() {
        return key.equals("local");
    }

    @Override
    public @Nullable URI address() {
        return URI.create("http://127.0.0.1:1/");
    }

    @Override
    public ReadOnlyObjectProperty<Connection> connectionProperty() {
        return connection.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable DatazoneInfo> infoProperty() {
        return info.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<@Nullable Me> meProperty() {
        return me.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<CatalogueSnapshot> catalogueProperty() {
        return catalogue.getReadOnlyProperty();
    }

    @Override
    public ObservableList<Session> sessions() {
        return readOnlySessions;
    }

    @Override
    public ObservableList<Volume> volumes() {
        return readOnlyVolumes;
    }

    @Override
    public ObservableList<UsageSample> usage(SessionId session) {
        return readOnlyUsage.computeIfAbsent(session, id -> FXCollections.unmodifiableObservableList(samples(id)));
    }

    @Override
    public void retryNow() {
        commands.add(new Retry());
    }

    @Override
    public CompletableFuture<CatalogueResult> search(CatalogueQuery query) {
        CompletableFuture<CatalogueResult> answer = new CompletableFuture<>();
        CatalogueQuery read = new CatalogueQuery(
                forgiven.getOrDefault(query.text(), query.text()),
                query.filters(),
                query.sort(),
                query.offset(),
                query.limit());
        settle(answer, () -> FakeSearch.search(catalogue.get().byId().values(), read), false);
        return answer;
    }

    @Override
    public CompletableFuture<Session> launch(LaunchRequest request) {
        return command(request, () -> {
            CatalogueEntry entry = catalogue.get().find(request.datalab()).orElseThrow(FakeDatazone::notFound);
            launched++;
            Session session = FakeDatalabs.session(
                    100 + launched, entry, new SessionState.Pending("Waiting for its turn", "", FakeDatalabs.NOON));
            putSession(session);
            return session;
        });
    }

    @Override
    public CompletableFuture<Session> change(SessionId session, SessionChange change) {
        return command(new Change(session, change), () -> {
            Session changed = changed(find(session), change);
            putSession(changed);
            return changed;
        });
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId session) {
        return command(new Destroy(session), () -> {
            sessions.remove(find(session));
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> mark(DatalabId datalab, Marks marks) {
        return command(new Mark(datalab, marks), () -> {
            Map<DatalabId, CatalogueEntry> entries =
                    new LinkedHashMap<>(catalogue.get().byId());
            CatalogueEntry old = catalogue.get().find(datalab).orElseThrow(FakeDatazone::notFound);
            entries.put(datalab, CatalogueMarks.apply(old, marks));
            setCatalogue(entries.values().toArray(CatalogueEntry[]::new));
            return null;
        });
    }

    @Override
    public CompletableFuture<Volume> addVolume(NewVolume volume) {
        return command(volume, () -> {
            Volume added = FakeDatalabs.custom(volume);
            volumes.add(added);
            return added;
        });
    }

    @Override
    public CompletableFuture<Void> removeVolume(VolumeId volume) {
        return command(new RemoveVolume(volume), () -> {
            volumes.removeIf(known -> known.id().equals(volume));
            return null;
        });
    }

    @Override
    public CompletableFuture<LogPage> log(SessionId session, long after, int limit, int waitSeconds) {
        CompletableFuture<LogPage> answer = new CompletableFuture<>();
        settle(
                answer,
                () -> {
                    List<LogPage.Line> lines = logs.getOrDefault(session, List.of());
                    int from = (int) Math.min(after, lines.size());
                    int to = Math.min(lines.size(), from + limit);
                    return new LogPage(List.copyOf(lines.subList(from, to)), to);
                },
                true);
        return answer;
    }

    @Override
    public CompletableFuture<Capacity> capacity() {
        CompletableFuture<Capacity> answer = new CompletableFuture<>();
        settle(answer, () -> capacity, true);
        return answer;
    }

    @Override
    public CompletableFuture<List<Session>> history() {
        CompletableFuture<List<Session>> answer = new CompletableFuture<>();
        settle(answer, () -> List.copyOf(history), true);
        return answer;
    }

    @Override
    public CompletableFuture<URI> ticket(SessionId session) {
        return command(
                new TakeTicket(session),
                () -> URI.create("http://127.0.0.1:1/s/" + find(session).id() + "/?ticket=fake"));
    }

    private ObservableList<UsageSample> samples(SessionId session) {
        return usage.computeIfAbsent(session, any -> FXCollections.observableArrayList());
    }

    private Session find(SessionId id) {
        return sessions.stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(FakeDatazone::notFound);
    }

    private static Session changed(Session old, SessionChange change) {
        Desired desired = change.desired() == null ? old.desired() : change.desired();
        SessionState state = desired == Desired.PAUSED ? new SessionState.Paused(FakeDatalabs.NOON) : old.state();
        int minutes = change.extendMinutes() == null ? 0 : change.extendMinutes();
        return old.with(desired, state)
                .with(
                        change.name() == null ? old.name() : change.name(),
                        old.endsAt().plusSeconds(minutes * 60L))
                .revised(old.revision() + 1);
    }

    private <T extends @Nullable Object> CompletableFuture<T> command(Object command, Supplier<T> effect) {
        commands.add(command);
        CompletableFuture<T> answer = new CompletableFuture<>();
        settle(answer, effect, true);
        return answer;
    }

    private <T extends @Nullable Object> void settle(
            CompletableFuture<T> answer, Supplier<T> effect, boolean needsDatazone) {
        Runnable settling = () -> {
            try {
                if (needsDatazone) {
                    check();
                }
                answer.complete(effect.get());
            } catch (ProblemException refused) {
                answer.completeExceptionally(refused);
            }
        };
        if (holding) {
            held.add(settling);
        } else {
            settling.run();
        }
    }

    private void check() {
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        if (connection.get() instanceof Connection.Offline offline) {
            throw new ProblemException(offline.cause());
        }
    }

    private static Problem unreachable() {
        return Problem.of(
                ProblemCode.UNREACHABLE, "The datazone does not answer.", "Check the network, then try again.");
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such thing.", "Refresh the page.");
    }
}
