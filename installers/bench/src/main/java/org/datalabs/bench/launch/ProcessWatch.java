package org.datalabs.bench.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.bench.measure.MeasurementException;

/**
 * Looks through Linux's /proc, a few hundred times a second, for the first process that runs a program and was not there
 * before. A process carries the program's name from the moment of its exec, whichever namespace it is in.
 */
final class ProcessWatch implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final long PAUSE_NANOS = 1_500_000;
    private static final int LONGEST_NAME = 15;

    private final String name;
    private final Set<String> others = new HashSet<>();
    private final CompletableFuture<Long> seen = new CompletableFuture<>();
    private volatile boolean closed;

    /** @param program its name without folders; of an interpreted one, the script's */
    ProcessWatch(String program) throws IOException {
        name = program.substring(0, Math.min(LONGEST_NAME, program.length()));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(process -> others.add(process.getFileName().toString()));
        }
        Thread thread = new Thread(this::watch, "process watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed && !seen.isDone()) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path process : processes) {
                    if (!others.contains(process.getFileName().toString()) && runs(process)) {
                        seen.complete(System.nanoTime());
                        return;
                    }
                }
            } catch (IOException e) {
                seen.completeExceptionally(e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean runs(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip().equals(name);
        } catch (IOException ended) {
            return false;
        }
    }

    /** When it was seen, of {@link System#nanoTime}. */
    long await(Duration patience) {
        try {
            return seen.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new MeasurementException(
                    "No process " + name + " was seen within " + patience.toSeconds() + " s.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
