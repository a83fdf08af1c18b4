package org.datalabs.backend.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.datalabs.backend.server.Main;
import org.datalabs.backend.server.Until;
import org.datalabs.core.client.DatazoneClient;
import org.jspecify.annotations.Nullable;

/** One replica of the service as a process of its own, always at the same address. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);

    private final Path folder;
    private final Path settings;
    private final Path kubeconfig;
    private final URI address;
    private final Thread hook = new Thread(this::kill);
    private int starts;
    private volatile @Nullable Process process;

    ServiceProcess(Path folder, Path settings, Path kubeconfig, URI address) {
        this.folder = folder;
        this.settings = settings;
        this.kubeconfig = kubeconfig;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    URI address() {
        return address;
    }

    DatazoneClient client(String token) {
        return new DatazoneClient(address, () -> Optional.of(token));
    }

    /** Starts it and waits until it serves. */
    void start() {
        begin();
        awaitServing();
    }

    /** Starts it. */
    void begin() {
        starts++;
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "--config",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitServing() {
        Until.holds(START, () -> {
            Process running = process;
            if (running == null || !running.isAlive()) {
                throw new AssertionError("the service did not start:\n" + told());
            }
            return told().contains("{\"ready\":true");
        });
    }

    /** Ends it at once (SIGKILL), and waits until it is gone. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            waitFor(running);
        }
    }

    /** Ends it politely (SIGTERM), and waits until it is gone. */
    void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            waitFor(running);
        }
    }

    /** What it has logged since its last start. */
    String told() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private Path log() {
        return folder.resolve("service-" + address.getPort() + "-" + starts + ".log");
    }

    private static void waitFor(Process running) {
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the service does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
