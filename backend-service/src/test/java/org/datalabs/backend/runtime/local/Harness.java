package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.datalabs.backend.runtime.Endpoint;
import org.datalabs.backend.runtime.Observation;
import org.datalabs.backend.runtime.SessionSpec;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Kind;
import org.datalabs.core.catalogue.LocalCommand;
import org.datalabs.core.catalogue.Need;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.catalogue.Version;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.LaunchPlan;
import org.datalabs.core.session.LogPage.Line;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.volume.Mount;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;

/** A real runtime on a state folder of its own, and words to say what a session should run. */
final class Harness implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long LOOK_AGAIN_MILLIS = 20;

    final Path folder;
    final Path state;
    final LocalRuntime runtime;
    private final Random random = new Random();

    /** A command that does nothing for long and that nobody else on this computer runs. */
    final String nap = "sleep " + (1_000_000 + random.nextInt(8_000_000));

    Harness() throws IOException {
        // Not below the module: a socket's path is short, and root's programs run under another id.
        this(Files.createTempDirectory("datalabs-test"));
    }

    Harness(Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        state = folder.resolve("state");
        runtime = new LocalRuntime(state, Clock.systemUTC());
    }

    /** What a session runs and with what. */
    static final class Order {
        private final Kind kind;
        private final String name;
        private Version version;
        private final Map<String, String> options = new HashMap<>();
        private final Map<String, String> environment = new HashMap<>();
        private final List<Mount> mounts = new ArrayList<>();
        private final Map<VolumeId, Volume> volumes = new HashMap<>();
        private Resources resources = Resources.of(2, 1);
        private UserId owner = new UserId("alice");
        private String token = "secret-token-0123456789";

        Order(Kind kind, String... command) {
            this.kind = kind;
            this.name = "Tested";
            LocalCommand local =
                    new LocalCommand(List.of(command), List.of(new Need("sh", "dash")), Map.of("T", "{token}"));
            this.version = new Version(
                    "1",
                    LocalDate.of(2026, 1, 1),
                    null,
                    local,
                    10000,
                    "{base}",
                    "",
                    null,
                    null,
                    Home.PERSONAL,
                    "",
                    null,
                    false);
        }

        Order temporaryHome() {
            version = new Version(
                    version.name(),
                    version.released(),
                    null,
                    version.local(),
                    version.port(),
                    version.basePath(),
                    "",
                    null,
                    null,
                    Home.TEMPORARY,
                    "",
                    null,
                    false);
            return this;
        }

        /** The newest version with its default options. */
        Order(Datalab datalab) {
            this.kind = datalab.kind();
            this.name = datalab.name();
            this.version = datalab.versions().get(0);
            datalab.options().forEach(option -> options.put(option.name(), option.defaultValue()));
            this.resources = Resources.of(1, 2);
        }

        Order option(String option, String value) {
            options.put(option, value);
            return this;
        }

        static Order shell(String script) {
            return new Order(Kind.WEB, "sh", "-c", script);
        }

        Order environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Order volume(String name, Path source, String target, boolean readOnly) {
            VolumeId id = new VolumeId(name);
            volumes.put(id, volumeAt(id, source));
            return mount(id, target, readOnly);
        }

        Order volume(Volume volume) {
            volumes.put(volume.id(), volume);
            return mount(volume.id(), volume.usualPath(), true);
        }

        private Order mount(VolumeId id, String target, boolean readOnly) {
            mounts.add(new Mount(id, target, readOnly));
            return this;
        }

        Order limits(int cpuMillis, long memoryBytes) {
            resources = new Resources(cpuMillis, memoryBytes, 0);
            return this;
        }

        Order owner(String name) {
            owner = new UserId(name);
            return this;
        }

        SessionSpec spec(SessionId id) {
            LaunchPlan plan = new LaunchPlan(
                    new DatalabId("tested"),
                    name,
                    kind,
                    version,
                    "It's tested",
                    resources,
                    mounts,
                    options,
                    environment,
                    60);
            return new SessionSpec(id, owner, plan, volumes, "/s/" + id + "/", token);
        }
    }

    static Volume volumeAt(VolumeId id, Path folder) {
        return new Volume(
                id,
                id.value(),
                Volume.Source.CUSTOM,
                "here",
                "Some files",
                false,
                "/data/" + id,
                null,
                null,
                null,
                null,
                null,
                folder.toString(),
                null,
                null);
    }

    SessionId start(Order order) {
        SessionId id = SessionId.random(random);
        runtime.start(order.spec(id));
        return id;
    }

    SessionId startRunning(Order order) {
        SessionId id = start(order);
        await("running", () -> {
            Observation seen = runtime.observe(id);
            if (seen instanceof Observation.Ended ended) {
                throw new AssertionError(ended.problem().text() + "\n" + text(id));
            }
            return seen instanceof Observation.Running running && running.shown();
        });
        return id;
    }

    Observation.Ended awaitEnd(SessionId id) {
        await("ended", () -> runtime.observe(id) instanceof Observation.Ended);
        return (Observation.Ended) runtime.observe(id);
    }

    void stopAndWait(SessionId id) {
        runtime.stop(id);
        await("gone", () -> runtime.observe(id) instanceof Observation.Absent);
    }

    /** The lines of the program itself. */
    List<String> output(SessionId id) {
        return runtime.log(id, 0, 1000).lines().stream()
                .filter(line -> line.source().equals("datalab"))
                .map(Line::text)
                .toList();
    }

    String text(SessionId id) {
        return runtime.log(id, 0, 1000).lines().stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /** Runs a program to its end and returns what it printed. */
    List<String> outputOf(Order order) {
        SessionId id = start(order);
        awaitEnd(id);
        List<String> output = output(id);
        stopAndWait(id);
        return output;
    }

    Path socket(SessionId id) {
        Path path = ((Endpoint.UnixSocket) runtime.endpoint(id).orElseThrow()).path();
        await("socket " + path, () -> Files.exists(path));
        return path;
    }

    /** Sends bytes, if any, and reads until {@code end} was received or the other side is done. */
    static String ask(Path socket, String request, String end) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            if (!request.isEmpty()) {
                channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            }
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (answer.indexOf(end) < 0 && channel.read(buffer) >= 0) {
                buffer.flip();
                answer.append(StandardCharsets.ISO_8859_1.decode(buffer));
                buffer.clear();
            }
            return answer.toString();
        }
    }

    /** Processes of this computer with {@code text} in their command line; its words are separated by spaces. */
    static List<String> processesNaming(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process -> {
                    try {
                        return process.pid() + " " + Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
                    } catch (IOException e) {
                        return "";
                    }
                })
                .map(line -> line.replace('\0', ' '))
                .filter(line -> line.contains(text))
                .toList();
    }

    boolean hasPrivateNetworks() {
        return runtime.describe().notices().stream().noneMatch(notice -> notice.contains("share the network"));
    }

    boolean enforcesLimits() {
        return runtime.describe().notices().stream().noneMatch(notice -> notice.contains("not enforced"));
    }

    RunFolder runFolder(SessionId id) {
        return new RunFolder(state.resolve("run").resolve(id.value()));
    }

    /** What was started for a session outside of its sandbox: bubblewrap, its child, the network. */
    List<ProcessMark> processes(SessionId id) {
        int expected = hasPrivateNetworks() ? 3 : 2;
        await("all started", () -> runFolder(id).processMarks().size() == expected);
        return runFolder(id).processMarks();
    }

    static void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not " + what + " in time");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        new RunFolder(folder).remove();
    }
}
