package org.datalabs.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.MeasurementException;

/** A PostgreSQL server of Debian's for one measurement, with the settings it comes with; on the loopback address only. */
final class PrivateDatabase implements AutoCloseable {
    static final String USER = "datalabs";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path log;
    private final int port;
    private final Child server;

    PrivateDatabase(Path folder) throws IOException {
        programs = programs();
        log = folder.resolve("postgresql.log");
        port = Ports.free();
        Path data = Files.createDirectory(folder.resolve("postgresql"));
        if (isRoot()) {
            // The server refuses to run as root; Debian's package brings a user for it.
            run(List.of("chown", "postgres", data.toString()));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
        run(command("initdb", "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8"));
        server = Child.start(
                new ProcessBuilder(command(
                                "postgres",
                                "-D",
                                data.toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories="))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD),
                log);
        Until.holds("PostgreSQL answers", PATIENCE, () -> Ports.isOpen(port));
    }

    /** For the service's settings. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() {
        server.close();
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(PrivateDatabase::missing);
            }
        }
        throw missing();
    }

    private static MeasurementException missing() {
        return new MeasurementException("PostgreSQL is not installed: apt-get install postgresql");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private List<String> command(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.add(programs.resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new MeasurementException(command.get(0) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }
}
