package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts processes from one thread that lives as long as the runtime. The kernel sends a parent-death signal when the
 * <em>thread</em> that started a process ends (prctl(2), {@code PR_SET_PDEATHSIG}); a pooled thread that times out
 * would take sandboxes along. Thread-safe.
 */
final class Spawner implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "local-spawner");
        made.setDaemon(true);
        return made;
    });
    private final String searchPath;

    Spawner(String searchPath) {
        this.searchPath = searchPath;
    }

    /** Starts a process with pipes for its three streams and nothing of this process's environment. */
    Process start(List<String> command) throws IOException {
        Future<Process> process = thread.submit(() -> {
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.put("PATH", searchPath);
            environment.put("LC_ALL", "C.UTF-8");
            return builder.start();
        });
        try {
            return process.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + command.get(0), e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
