package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.backend.runtime.SessionRuntime;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sessions in sandboxes of this computer. One at a time per state folder. */
public final class LocalRuntime implements SessionRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);
    private static final long CLOSE_SECONDS = 15;

    private final Site site;
    private final RuntimeDescription description;
    private final LocalAvailability availability;
    private final Path logs;
    private final ExecutorService workers;
    private final Map<SessionId, LocalSession> sessions = new ConcurrentHashMap<>();
    private final Map<SessionId, SessionLog> openLogs = new ConcurrentHashMap<>();
    private final Set<SessionId> removing = ConcurrentHashMap.newKeySet();
    private final List<Consumer<SessionId>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Looks what this computer offers, which takes some milliseconds, and ends what an earlier backend left running.
     *
     * @param state the state folder; made when absent
     * @param clock tells the time of log lines and ends
     * @throws IOException when the state folder cannot be used
     */
    public LocalRuntime(Path state, Clock clock) throws IOException {
        this(state, clock, Programs.ofSystem());
    }

    LocalRuntime(Path state, Clock clock, Programs programs) throws IOException {
        Path real = Files.createDirectories(state).toRealPath();
        for (String name : List.of("run", "homes", "sessions")) {
            Files.createDirectories(
                    real.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        logs = real.resolve("sessions");
        AtomicInteger count = new AtomicInteger();
        workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        Spawner spawner = new Spawner(programs.searchPath());
        Tools tools = Tools.inspect(programs, spawner);
        ControlGroups groups = Machine.controlGroups();
        site = new Site(
                real,
                Account.ownUid(),
                clock,
                programs,
                tools,
                groups,
                Kit.write(real.resolve("run").resolve(".kit")),
                spawner,
                workers,
                new SocketWatch(),
                this::tell);
        description = Machine.describe(tools, groups, site.ownUid());
        availability = new LocalAvailability(programs, tools);
        left().forEach(session -> new Remains(site, session).endProcesses());
    }

    @Override
    public RuntimeDescription describe() {
        return description;
    }

    /** Limits of sessions are ceilings here and nothing is set aside for them, so the whole machine is always free. */
    @Override
    public Capacity capacity() {
        return new Capacity(List.of(new Capacity.Room(description.total(), description.total())));
    }

    @Override
    public Availability availability(Version version, Kind kind) {
        return availability.of(version, kind);
    }

    @Override
    public void start(SessionSpec spec) {
        if (new Remains(site, spec.id()).exist()) {
            return;
        }
        SessionLog log = openLog(spec.id());
        LocalSession session =
                new LocalSession(site, spec, new SessionJournal(spec.id(), log, spec.token(), site.clock()));
        if (sessions.putIfAbsent(spec.id(), session) == null) {
            workers.execute(session::start);
        }
    }

    @Override
    public void stop(SessionId id) {
        LocalSession session = sessions.get(id);
        if ((session != null || new Remains(site, id).exist()) && removing.add(id)) {
            workers.execute(() -> end(id, session));
        }
    }

    private void end(SessionId id, @Nullable LocalSession session) {
        try {
            if (session != null) {
                session.stop().join();
                sessions.remove(id, session);
            } else {
                new Remains(site, id).remove();
            }
        } catch (IOException | CompletionException e) {
            LOG.error("session {} left something behind", id, e);
        } finally {
            removing.remove(id);
            tell(id);
        }
    }

    @Override
    public Collection<SessionId> existing() {
        Set<SessionId> existing = new TreeSet<>(sessions.keySet());
        existing.addAll(left());
        return existing;
    }

    private List<SessionId> left() {
        List<SessionId> left = new ArrayList<>();
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(site.state().resolve("run"))) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (SessionId.isValid(name)) {
                    left.add(new SessionId(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left;
    }

    @Override
    public Observation observe(SessionId id) {
        LocalSession session = sessions.get(id);
        if (session != null) {
            return session.observe();
        }
        Remains remains = new Remains(site, id);
        if (removing.contains(id)) {
            return new Observation.Stopping();
        }
        return remains.exist() ? remains.observe() : new Observation.Absent();
    }

    @Override
    public void onChange(Consumer<SessionId> listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<Endpoint> endpoint(SessionId id) {
        return Optional.ofNullable(sessions.get(id)).flatMap(LocalSession::endpoint);
    }

    @Override
    public LogPage log(SessionId id, long after, int limit) {
        return openLog(id).page(after, limit);
    }

    @Override
    public void note(SessionId id, String text) {
        new SessionJournal(id, openLog(id), "", site.clock()).note(text);
    }

    @Override
    public void forget(SessionId id) {
        try {
            openLog(id).delete();
            openLogs.remove(id);
        } catch (IOException e) {
            LOG.warn("the log of session {} could not be deleted", id, e);
        }
    }

    @Override
    public List<UsageSample> usage() {
        return sessions.values().stream()
                .flatMap(session -> session.usage().stream())
                .toList();
    }

    @Override
    public void close() {
        List<CompletableFuture<Void>> ends =
                sessions.values().stream().map(LocalSession::stop).toList();
        try {
            CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("not all sessions could be ended", e);
        }
        sessions.clear();
        workers.shutdown();
        // Last: with its thread ends whatever it started.
        site.spawner().close();
        try {
            site.sockets().close();
        } catch (IOException e) {
            LOG.debug("the socket watch did not close", e);
        }
    }

    private SessionLog openLog(SessionId id) {
        return openLogs.computeIfAbsent(id, key -> new SessionLog(logs.resolve(key.value()), SessionLog.PART_BYTES));
    }

    private void tell(SessionId id) {
        listeners.forEach(listener -> listener.accept(id));
    }
}
