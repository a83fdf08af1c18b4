package org.datalabs.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A child process that speaks by lines on standard output; ends with all below it when closed. */
public final class Child implements AutoCloseable {
    private static final Duration POLITE = Duration.ofSeconds(8);
    private static final int LINES_TOLD = 6;

    private final Process process;
    private final long startedAt;
    private final Path log;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    /** For a measurement that is broken off. */
    private final Thread hook = new Thread(this::endAll, "end of a child");

    /**
     * A line with the time at which it came; the text of the last one is null.
     *
     * @param at of {@link System#nanoTime}
     */
    private record Line(long at, Optional<String> text) {}

    private Child(Process process, long startedAt, Path log) {
        this.process = process;
        this.startedAt = startedAt;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param log gets what the process writes to standard error
     */
    public static Child start(ProcessBuilder builder, Path log) {
        builder.redirectError(log.toFile());
        long start = System.nanoTime();
        try {
            Child child = new Child(builder.start(), start, log);
            Runtime.getRuntime().addShutdownHook(child.hook);
            Thread reader = new Thread(child::read, "output of a child");
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new MeasurementException(builder.command().get(0) + " cannot be started: " + e.getMessage(), e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new Line(System.nanoTime(), Optional.of(line)));
            }
        } catch (IOException ended) {
            // Closed while it was read.
        }
        lines.add(new Line(System.nanoTime(), Optional.empty()));
    }

    /** Of {@link System#nanoTime}, just before the process was made. That clock is the same in all processes of Linux. */
    public long startedAt() {
        return startedAt;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Waits for the next line that begins with {@code beginning}.
     *
     * @return the rest of the line
     */
    public String await(String beginning, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Line line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new MeasurementException(
                            "There was no \"" + beginning + "\" within " + patience.toSeconds() + " s. " + lastWords());
                }
                if (line.text().isEmpty()) {
                    throw new MeasurementException("It ended before \"" + beginning + "\". " + lastWords());
                }
                if (line.text().get().startsWith(beginning)) {
                    return line.text().get().substring(beginning.length());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }

    private String lastWords() {
        try (Stream<String> all = Files.lines(log)) {
            List<String> told = all.toList();
            return told.subList(Math.max(0, told.size() - LINES_TOLD), told.size()).stream()
                    .collect(Collectors.joining(" | ", "Its last words: ", ""));
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** Closes its standard input, waits a moment, then ends it and what it has started. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has gone already.
        }
        process.destroy();
        if (!isOver()) {
            process.destroyForcibly();
        }
        below.forEach(ProcessHandle::destroy);
        below.forEach(Child::awaitEnd);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is at work.
        }
    }

    private void endAll() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void awaitEnd(ProcessHandle handle) {
        try {
            handle.onExit().get(POLITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            handle.destroyForcibly();
        }
    }

    /** As {@link #close} for a program that ends when its standard input does. */
    public void closeByInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has gone already.
        }
        isOver();
        close();
    }

    private boolean isOver() {
        try {
            return process.waitFor(POLITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
