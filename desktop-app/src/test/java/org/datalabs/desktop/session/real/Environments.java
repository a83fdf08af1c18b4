package org.datalabs.desktop.session.real;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.datalabs.desktop.session.link.SessionEnvironment;

/** The surroundings that the app gives its sessions. */
public final class Environments {
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "session-environment");
        thread.setDaemon(true);
        return thread;
    };

    private Environments() {}

    public static SessionEnvironment create() {
        return new SessionEnvironment(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                Executors.newCachedThreadPool(DAEMONS),
                Executors.newSingleThreadScheduledExecutor(DAEMONS),
                Clock.systemUTC());
    }

    public static void close(SessionEnvironment environment) {
        environment.scheduler().shutdownNow();
        ((ExecutorService) environment.background()).shutdownNow();
    }
}
