package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when something new appears in a folder; one thread for all sessions. Thread-safe. */
final class SocketWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWatch.class);

    private final WatchService service = FileSystems.getDefault().newWatchService();
    private final Map<WatchKey, Runnable> listeners = new ConcurrentHashMap<>();

    SocketWatch() throws IOException {
        Thread thread = new Thread(this::run, "local-sockets");
        thread.setDaemon(true);
        thread.start();
    }

    /** A folder that is watched until it is closed. */
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    Watched watch(Path folder, Runnable listener) throws IOException {
        WatchKey key = folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.OVERFLOW);
        listeners.put(key, listener);
        return () -> {
            listeners.remove(key);
            key.cancel();
        };
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                Runnable listener = listeners.get(key);
                if (listener != null) {
                    listener.run();
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("no longer watching for sockets");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
