package org.datalabs.backend.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datalabs.backend.server.Until;
import org.jspecify.annotations.Nullable;

/** A database of each kind that the stores must work with; PostgreSQL where the machine has its server. */
final class Databases implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private @Nullable Process server;
    private int port;

    Databases(Path folder) {
        this.folder = folder;
    }

    Database h2(Clock clock) {
        return Database.openFile(folder.resolve("h2"), clock);
    }

    static Optional<Path> postgresPrograms() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Database postgres(Path programs) throws Exception {
        Path data = folder.resolve("postgres");
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            // The server refuses to run as root; Debian's package brings a user for it.
            Files.createDirectories(data);
            run(List.of("chown", "postgres", data.toString()));
            for (Path above = folder; above != null && !above.equals(Path.of("/tmp")); above = above.getParent()) {
                run(List.of("chmod", "o+x", above.toString()));
            }
        }
        List<String> prefix =
                root ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : List.of();
        run(join(
                prefix,
                programs.resolve("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                "test",
                "-A",
                "trust",
                "-N"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(join(
                        prefix,
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("postgres.log").toFile())
                .start();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        Until.holds(Duration.ofSeconds(30), () -> answers(url));
        return Database.openUrl(url, "test", "test");
    }

    @Override
    public void close() throws Exception {
        Process running = server;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }

    private static boolean answers(String url) {
        try (var connection = DriverManager.getConnection(url, "test", "test")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> join(List<String> prefix, String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return all;
    }

    private void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("setup.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + Files.readString(folder.resolve("setup.log")));
        }
    }
}
