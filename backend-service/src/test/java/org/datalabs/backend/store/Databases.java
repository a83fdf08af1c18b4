package org.datalabs.backend.store;

import java.io.IOException;
import java.io.UncheckedIOException;
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
public final class Databases implements AutoCloseable {
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private @Nullable Process server;
    private int port;

    public Databases(Path folder) {
        this.folder = folder;
    }

    Database h2(Clock clock) {
        return Database.openFile(folder.resolve("h2"), clock);
    }

    public static Optional<Path> postgresPrograms() {
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

    /** Whether tests can have a PostgreSQL server here; for {@code @EnabledIf}. */
    public static boolean hasPostgres() {
        return postgresPrograms().isPresent();
    }

    Database postgres() throws Exception {
        return Database.openPostgres(serve(), Databases::pause);
    }

    /** Makes a PostgreSQL server and starts it; tells how to reach it. */
    public PostgresSettings serve() throws Exception {
        Path data = folder.resolve("postgres");
        if (IS_ROOT) {
            // The server refuses to run as root; Debian's package brings a user for it.
            Files.createDirectories(data);
            run(List.of("chown", "postgres", data.toString()));
            for (Path above = folder; above != null && !above.equals(Path.of("/tmp")); above = above.getParent()) {
                run(List.of("chmod", "o+x", above.toString()));
            }
        }
        run(command("initdb", "-D", data.toString(), "-U", "test", "-A", "trust", "-N"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgresSettings settings =
                new PostgresSettings("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "test", null, 8);
        startServer();
        Until.holds(Duration.ofSeconds(30), () -> answers(settings.url()));
        return settings;
    }

    /** Where the server listens, on the loopback address. */
    public int port() {
        return port;
    }

    /** Starts the server again, without waiting for it. */
    public void startServer() throws IOException {
        server = new ProcessBuilder(command(
                        "postgres",
                        "-D",
                        folder.resolve("postgres").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()))
                .start();
    }

    /** Stops the server, ending every connection to it. */
    public void stopServer() throws InterruptedException {
        Process running = server;
        if (running != null) {
            // "Fast": it does not wait for its clients to leave.
            send(running, "INT");
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
            server = null;
        }
    }

    @Override
    public void close() throws Exception {
        stopServer();
    }

    private static void send(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static boolean answers(String url) {
        try (var connection = DriverManager.getConnection(url, "test", "test")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> command(String program, String... words) {
        List<String> all = new ArrayList<>();
        if (IS_ROOT) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.add(postgresPrograms().orElseThrow().resolve(program).toString());
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
