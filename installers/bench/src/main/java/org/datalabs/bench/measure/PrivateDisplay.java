package org.datalabs.bench.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An X server without a screen, with a window manager, for one measurement. */
public final class PrivateDisplay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MANAGER_STARTS_NANOS = 1_500_000_000L;

    private final Child server;
    private final Child manager;
    private final int number;

    /** @param size such as {@code 1440x900} */
    public PrivateDisplay(Path folder, String size) {
        server = Child.start(
                new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset", "-ac"),
                folder.resolve("xvfb.log"));
        number = Integer.parseInt(server.await("", PATIENCE).strip());
        manager = Child.start(on(new ProcessBuilder("openbox", "--sm-disable")), folder.resolve("openbox.log"));
        LockSupport.parkNanos(MANAGER_STARTS_NANOS);
        if (!manager.handle().isAlive() || !Files.exists(Path.of("/tmp/.X11-unix/X" + number))) {
            close();
            throw new MeasurementException("No private display could be started.");
        }
    }

    /** A display number that no server has; high, to stay clear of those that servers choose themselves. */
    public static int freeNumber() {
        int number = 147;
        while (Files.exists(Path.of("/tmp/.X11-unix/X" + number))
                || Files.exists(Path.of("/tmp/.X" + number + "-lock"))) {
            number++;
        }
        return number;
    }

    public int number() {
        return number;
    }

    public ProcessHandle server() {
        return server.handle();
    }

    /** Lets a program show its windows here. */
    public ProcessBuilder on(ProcessBuilder builder) {
        builder.environment().put("DISPLAY", ":" + number);
        builder.environment().remove("XAUTHORITY");
        builder.environment().remove("WAYLAND_DISPLAY");
        return builder;
    }

    @Override
    public void close() {
        manager.close();
        server.close();
    }
}
