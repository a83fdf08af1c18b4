package org.datalabs.backend.session;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.jspecify.annotations.Nullable;

/** An engine without processes: sessions run at once, all behind one small HTTP server, unless a test says otherwise. */
public final class FakeRuntime implements SessionRuntime {
    private final Map<SessionId, Observation> seen = new ConcurrentHashMap<>();
    private final Map<SessionId, UserId> owners = new ConcurrentHashMap<>();
    private final Map<SessionId, List<LogPage.Line>> logs = new ConcurrentHashMap<>();
    private final List<Consumer<SessionId>> listeners = new CopyOnWriteArrayList<>();
    private final HttpServer datalab;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile @Nullable Endpoint elsewhere;
    private volatile boolean holding;
    private volatile int status = 200;
    private volatile Availability availability = Availability.YES;

    public FakeRuntime() {
        try {
            datalab = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        datalab.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        datalab.start();
    }

    /** Puts all sessions behind a server of the test's own. */
    public void serveBy(Endpoint endpoint) {
        elsewhere = endpoint;
    }

    /** What the datalabs answer to every request. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    public void available(Availability newAvailability) {
        availability = newAvailability;
    }

    /** Makes a session end by itself. */
    public void end(SessionId session, Problem problem) {
        show(session, new Observation.Ended(problem, Instant.now()));
    }

    /** Makes every process vanish without a word. */
    public void lose() {
        List<SessionId> lost = List.copyOf(seen.keySet());
        seen.clear();
        lost.forEach(this::tell);
    }

    /** Makes a session be seen as a test wants. */
    public void show(SessionId session, Observation observation) {
        seen.put(session, observation);
        tell(session);
    }

    /** Whose a session is, as far as the engine was told. */
    public Optional<UserId> owner(SessionId session) {
        return Optional.ofNullable(owners.get(session));
    }

    /** Sessions whose log is kept. */
    public Set<SessionId> logged() {
        return Set.copyOf(logs.keySet());
    }

    public int starts() {
        return starts.get();
    }

    /** Whether what is started from now on stays in the middle of it. */
    public void hold(boolean hold) {
        holding = hold;
    }

    /** The same engine, for one of several services that use it: closing it closes nothing. */
    public SessionRuntime shared() {
        return (SessionRuntime) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SessionRuntime.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(this, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public RuntimeDescription describe() {
        return new RuntimeDescription("local", "no processes", Resources.of(2, 8), List.of("Nothing is isolated."));
    }

    @Override
    public Capacity capacity() {
        return new Capacity(
                List.of(new Capacity.Room(describe().total(), describe().total())));
    }

    @Override
    public Availability availability(Version version, Kind kind) {
        // Behind every session is an HTTP server, so none can be a desktop.
        boolean possible = version.local() != null && kind == Kind.WEB;
        return possible ? availability : Availability.no("It needs a cluster.", "Choose a cluster.");
    }

    @Override
    public void start(SessionSpec spec) {
        Observation begun =
                holding ? new Observation.Starting(List.of()) : new Observation.Running(Instant.now(), List.of(), true);
        if (seen.putIfAbsent(spec.id(), begun) == null) {
            starts.incrementAndGet();
            owners.put(spec.id(), spec.owner());
            note(spec.id(), "started");
        }
        tell(spec.id());
    }

    @Override
    public void stop(SessionId session) {
        seen.remove(session);
        tell(session);
    }

    @Override
    public void assign(SessionId session, UserId owner) {
        owners.put(session, owner);
    }

    @Override
    public Collection<SessionId> existing() {
        return List.copyOf(seen.keySet());
    }

    @Override
    public Observation observe(SessionId session) {
        return seen.getOrDefault(session, new Observation.Absent());
    }

    @Override
    public void onChange(Consumer<SessionId> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<Endpoint> endpoint(SessionId session) {
        if (!(seen.get(session) instanceof Observation.Running)) {
            return Optional.empty();
        }
        Endpoint own = new Endpoint.Tcp("127.0.0.1", datalab.getAddress().getPort());
        return Optional.of(Objects.requireNonNullElse(elsewhere, own));
    }

    @Override
    public LogPage log(SessionId session, long after, int limit) {
        List<LogPage.Line> lines = logs.getOrDefault(session, List.of());
        int from = (int) (after < 0 ? Math.max(0, lines.size() - limit) : Math.min(after, lines.size()));
        int to = Math.min(lines.size(), from + limit);
        return new LogPage(lines.subList(from, to), to);
    }

    @Override
    public void note(SessionId session, String text) {
        logs.computeIfAbsent(session, id -> new CopyOnWriteArrayList<>())
                .add(new LogPage.Line(Instant.now(), "start", text));
    }

    @Override
    public Collection<SessionId> keptLogs() {
        return List.copyOf(logs.keySet());
    }

    @Override
    public void forget(SessionId session) {
        logs.remove(session);
    }

    @Override
    public List<UsageSample> usage() {
        List<UsageSample> samples = new ArrayList<>();
        seen.keySet().forEach(session -> samples.add(new UsageSample(session, Instant.now(), 250, 1 << 20)));
        return samples;
    }

    @Override
    public void close() {
        datalab.stop(0);
    }

    private void tell(SessionId session) {
        listeners.forEach(listener -> listener.accept(session));
    }
}
