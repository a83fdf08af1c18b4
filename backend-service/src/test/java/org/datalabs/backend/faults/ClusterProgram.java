package org.datalabs.backend.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.datalabs.backend.server.Until;

/**
 * A program that the cluster consists of and that runs on this machine, such as the kubelet. What is ended is started
 * again as it was, by {@link #close} at the latest.
 */
final class ClusterProgram implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(20);

    private final List<String> command;
    private final Path log;
    private final Optional<Path> idFile;
    private long id;
    private boolean frozen;

    private ClusterProgram(long id) throws IOException {
        this.id = id;
        String words = Files.readString(Path.of("/proc/" + id + "/cmdline"));
        this.command = List.of(words.split("\0"));
        this.log = Files.readSymbolicLink(Path.of("/proc/" + id + "/fd/1"));
        this.idFile = idFile(log, id);
    }

    /** Whether exactly one program of a name runs here that this process may end; for tests that need it. */
    static Optional<ClusterProgram> find(String name) throws IOException {
        List<Long> found;
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            found = all.filter(process -> process.info()
                            .command()
                            .filter(path -> path.endsWith("/" + name))
                            .isPresent())
                    .map(ProcessHandle::pid)
                    .toList();
        }
        return found.size() == 1 ? Optional.of(new ClusterProgram(found.get(0))) : Optional.empty();
    }

    /** Ends it at once (SIGKILL), and waits until it is gone. */
    void kill() {
        signal("KILL");
        Until.holds(END, () -> !runs());
    }

    /** Starts it as it was. */
    void start() throws IOException {
        ProcessBuilder.Redirect end = Files.isRegularFile(log)
                ? ProcessBuilder.Redirect.appendTo(log.toFile())
                : ProcessBuilder.Redirect.DISCARD;
        // A session of its own, so that it outlives this process.
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("setsid"), command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(end)
                .start();
        id = process.pid();
        if (idFile.isPresent()) {
            Files.writeString(idFile.get(), id + "\n");
        }
    }

    /** Holds it, so that it answers nothing while its connections stay open (SIGSTOP). */
    void freeze() {
        signal("STOP");
        frozen = true;
    }

    /** Lets it go on (SIGCONT). */
    void thaw() {
        signal("CONT");
        frozen = false;
    }

    @Override
    public void close() throws IOException {
        if (frozen) {
            thaw();
        }
        if (!runs()) {
            start();
        }
    }

    private boolean runs() {
        try {
            // A process that nobody has waited for is still listed.
            return !Files.readString(Path.of("/proc/" + id + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(id)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever started it may keep its id in a file beside its log's folder, to end it by. */
    private static Optional<Path> idFile(Path log, long id) throws IOException {
        Path above = log.getParent() == null ? null : log.getParent().getParent();
        if (above == null || !Files.isRegularFile(log)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                above,
                2,
                (file, attributes) -> attributes.isRegularFile()
                        && attributes.size() < 16
                        && file.toString().endsWith(".pid"))) {
            return files.filter(file -> holds(file, id)).findFirst();
        }
    }

    private static boolean holds(Path file, long id) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip().equals(Long.toString(id));
        } catch (IOException e) {
            return false;
        }
    }
}
