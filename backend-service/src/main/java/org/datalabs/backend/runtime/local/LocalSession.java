package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.datalabs.core.session.StartStep;
import org.datalabs.core.session.UsageSample;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session from its start to its removal. Thread-safe; nothing here blocks but what runs on the workers. */
final class LocalSession {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);

    private static final Pattern FIRST_PROCESS = Pattern.compile("\"child-pid\": (\\d{1,10})");
    private static final Duration POLITE = Duration.ofSeconds(3);
    private static final Duration FORCED = Duration.ofSeconds(10);
    private static final long GONE_PAUSE_MILLIS = 5;
    private static final int LINES_TOLD = 3;

    private final Site site;
    private final SessionSpec spec;
    private final SessionJournal journal;
    private final StartSteps steps = new StartSteps();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> exited = new CompletableFuture<>();

    // All below guarded by this.
    private @Nullable CompletableFuture<Void> stopping;
    private Preparation.@Nullable Prepared prepared;
    private @Nullable Process process;
    private @Nullable ProcessMark firstProcess;
    private @Nullable SessionNetwork network;
    private SocketWatch.@Nullable Watched watched;
    private @Nullable Instant runningSince;
    private boolean shown;
    private OptionalInt status = OptionalInt.empty();
    private String complaint = "";
    private Observation.@Nullable Ended ended;
    private long memoryKillsTold;
    private final UsageMeter meter = new UsageMeter();

    LocalSession(Site site, SessionSpec spec, SessionJournal journal) {
        this.site = site;
        this.spec = spec;
        this.journal = journal;
        steps.begin(StartStep.Kind.SCHEDULED, "Placing it on this computer");
    }

    /** Brings the processes about; blocks for some milliseconds. */
    void start() {
        steps.done(StartStep.Kind.SCHEDULED, "Placed on this computer");
        try {
            launch(new Preparation(site, spec).prepare(steps));
        } catch (ProblemException e) {
            end(e.problem());
        } catch (IOException e) {
            LOG.warn("session {} could not be started", spec.id(), e);
            end(DiskProblem.of(e, spec.plan().datalabName() + " could not be started"));
        } catch (RuntimeException e) {
            LOG.error("session {} could not be started", spec.id(), e);
            end(Problem.of(
                    ProblemCode.START_FAILED,
                    spec.plan().datalabName() + " could not be started.",
                    "Try again. If it happens again, tell support."));
        } finally {
            started.complete(null);
            tell();
        }
    }

    private void launch(Preparation.Prepared ready) throws IOException {
        Kind kind = spec.plan().kind();
        synchronized (this) {
            prepared = ready;
            if (stopping != null) {
                return;
            }
            watched = site.sockets().watch(ready.run().sockets(), () -> publishSocket(ready.run(), kind));
        }
        if (ready.group().isEmpty()) {
            journal.note("Memory and CPU limits are not enforced on this computer.");
        }
        Process launched = site.spawner().start(ready.command());
        synchronized (this) {
            process = launched;
        }
        Optional<ProcessMark> mark = ProcessMark.of(launched.pid());
        if (mark.isPresent()) {
            ready.run().record(mark.get());
        }
        CompletableFuture<Void> output = CompletableFuture.runAsync(() -> readOutput(launched), site.workers());
        site.workers().execute(() -> {
            readEvents(launched);
            output.join();
            finish(launched);
        });
    }

    private void readOutput(Process launched) {
        try {
            new LineReader(launched.getInputStream(), SessionLog.LONGEST_LINE).readAll(journal::output);
        } catch (IOException e) {
            LOG.debug("output of session {} ended", spec.id(), e);
        }
    }

    private void readEvents(Process launched) {
        try {
            new LineReader(launched.getErrorStream(), SessionLog.LONGEST_LINE)
                    .readAll(lines -> lines.forEach(this::event));
        } catch (IOException e) {
            LOG.debug("events of session {} ended", spec.id(), e);
        }
    }

    private void event(String line) {
        Matcher first = FIRST_PROCESS.matcher(line);
        if (line.startsWith("{") && first.find()) {
            sandboxMade(Long.parseLong(first.group(1)));
        } else if (line.equals("@inside")) {
            sandboxEntered();
        } else if (line.equals("@started")) {
            synchronized (this) {
                runningSince = site.clock().instant();
                shown = spec.plan().kind() == Kind.WEB;
                steps.done(StartStep.Kind.PROCESS, spec.plan().datalabName() + " started");
            }
            tell();
        } else if (line.equals("@shown")) {
            synchronized (this) {
                shown = true;
            }
            tell();
        } else if (line.startsWith("@exit ")) {
            synchronized (this) {
                status = OptionalInt.of(Integer.parseInt(line.substring("@exit ".length())));
            }
        } else if (!line.startsWith("{") && !line.isBlank()) {
            synchronized (this) {
                complaint = line;
            }
            journal.note(line);
        }
    }

    private void sandboxMade(long pid) {
        Optional<ProcessMark> mark = ProcessMark.of(pid);
        Preparation.Prepared ready;
        synchronized (this) {
            ready = prepared;
            firstProcess = mark.orElse(null);
        }
        if (ready != null && mark.isPresent()) {
            try {
                ready.run().record(mark.get());
            } catch (IOException e) {
                LOG.warn("the first process of session {} is not on record", spec.id(), e);
            }
        }
    }

    /** Not before bubblewrap is done with the network: both bring its loopback up, and bubblewrap insists on being first. */
    private void sandboxEntered() {
        Preparation.Prepared ready;
        ProcessMark first;
        synchronized (this) {
            ready = prepared;
            first = firstProcess;
        }
        if (ready != null) {
            ready.run().dropArguments();
        }
        Optional<Path> program = site.programs().find(Tools.NETWORK_PROGRAM);
        if (ready == null || first == null || program.isEmpty() || !site.tools().privateNetworks()) {
            return;
        }
        try {
            connect(ready.run(), program.get().toString(), first.pid());
        } catch (IOException e) {
            LOG.warn("session {} has no network", spec.id(), e);
            journal.note("There is no network in this session: " + e.getMessage());
        }
    }

    private void connect(RunFolder run, String program, long pid) throws IOException {
        SessionNetwork made = SessionNetwork.connect(site.spawner(), program, pid);
        synchronized (this) {
            network = made;
        }
        Optional<ProcessMark> mark = made.mark();
        if (mark.isPresent()) {
            run.record(mark.get());
        }
        site.workers().execute(() -> {
            if (!made.awaitReady() && !isEnding()) {
                journal.note("There is no network in this session: it could not be set up.");
            }
        });
    }

    private synchronized boolean isEnding() {
        return stopping != null || ended != null || exited.isDone();
    }

    private void publishSocket(RunFolder run, Kind kind) {
        try {
            if (run.linkSocket(kind)) {
                tell();
            }
        } catch (IOException e) {
            LOG.warn("the socket of session {} cannot be published", spec.id(), e);
        }
    }

    /** All output has been read: the sandbox is over. */
    private void finish(Process launched) {
        try {
            launched.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        EndReport report;
        boolean expected;
        synchronized (this) {
            expected = stopping != null;
            boolean failed = status.isEmpty() || status.getAsInt() != 0;
            boolean outOfMemory = failed
                    && prepared != null
                    && prepared.group().map(ControlGroup::memoryKills).orElse(0L) > 0;
            report = new EndReport(
                    spec.plan().datalabName(),
                    spec.plan().version().home(),
                    runningSince != null,
                    status,
                    outOfMemory,
                    spec.plan().resources().memoryBytes(),
                    journal.lastTexts(LINES_TOLD),
                    complaint);
        }
        if (!expected) {
            end(report.problem());
        }
        exited.complete(null);
        tell();
    }

    private void end(Problem problem) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = new Observation.Ended(problem, site.clock().instant());
            if (network != null) {
                network.close();
            }
        }
        journal.note(problem.text());
    }

    /** Ends and removes everything; completes when it is gone. Asked twice, it is done once. */
    synchronized CompletableFuture<Void> stop() {
        if (stopping == null) {
            stopping = started.thenRunAsync(this::tearDown, site.workers());
            site.workers().execute(this::tell);
        }
        return stopping;
    }

    private void tearDown() {
        Process running;
        synchronized (this) {
            running = process;
        }
        try {
            if (running != null) {
                askToEnd(running);
                if (!isOver(POLITE)) {
                    running.destroyForcibly();
                    isOver(FORCED);
                }
            }
            awaitGone();
            synchronized (this) {
                if (network != null) {
                    network.close();
                }
                if (watched != null) {
                    watched.close();
                }
            }
            new Remains(site, spec.id()).remove();
        } catch (IOException e) {
            LOG.warn("session {} left something behind", spec.id(), e);
        }
    }

    private static void askToEnd(Process running) {
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("it has closed its end first", e);
        }
    }

    private boolean isOver(Duration patience) {
        try {
            exited.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With its first process a PID namespace ends as a whole (pid_namespaces(7)), a moment after bubblewrap itself. */
    private void awaitGone() {
        ProcessMark first;
        synchronized (this) {
            first = firstProcess;
        }
        long deadline = System.nanoTime() + FORCED.toNanos();
        while (first != null && first.alive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GONE_PAUSE_MILLIS));
        }
    }

    synchronized Observation observe() {
        if (stopping != null) {
            return new Observation.Stopping();
        }
        if (ended != null) {
            return ended;
        }
        Instant since = runningSince;
        return since == null
                ? new Observation.Starting(steps.list())
                : new Observation.Running(since, steps.list(), shown);
    }

    synchronized Optional<Endpoint> endpoint() {
        return runningSince == null || ended != null || stopping != null
                ? Optional.empty()
                : Optional.of(new Endpoint.UnixSocket(
                        site.runFolder(spec.id()).socket(spec.plan().kind())));
    }

    /** What it used since the last call; empty when it does not run. */
    synchronized Optional<UsageSample> usage() {
        if (runningSince == null || ended != null || stopping != null || prepared == null) {
            return Optional.empty();
        }
        Optional<ControlGroup> group = prepared.group();
        long kills = group.map(ControlGroup::memoryKills).orElse(0L);
        if (kills > memoryKillsTold) {
            memoryKillsTold = kills;
            journal.note("A process of this session was stopped: together they used more than "
                    + EndReport.size(spec.plan().resources().memoryBytes()) + " of memory.");
        }
        OptionalLong cpu = group.map(ControlGroup::cpuNanos).orElse(OptionalLong.empty());
        OptionalLong memory = group.map(ControlGroup::memoryBytes).orElse(OptionalLong.empty());
        return meter.sample(spec.id(), site.clock().instant(), cpu, memory, firstProcess);
    }

    private void tell() {
        site.changed().accept(spec.id());
    }
}
