package org.datalabs.bench.start;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import org.datalabs.desktop.app.Main;

/**
 * The app with somebody watching. Arguments: whether a connection is waited for, then the app's own.
 */
public final class StartProbe {
    private static final long PAUSE_NANOS = 3_000_000;

    private StartProbe() {}

    public static void main(String[] arguments) {
        boolean connectionWanted = Boolean.parseBoolean(arguments[0]);
        Thread watcher = new Thread(() -> watch(connectionWanted), "watcher");
        watcher.setDaemon(true);
        watcher.start();
        Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void watch(boolean connectionWanted) {
        while (true) {
            try {
                Platform.runLater(() -> new SceneWatch(connectionWanted).start());
                return;
            } catch (IllegalStateException notYet) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
