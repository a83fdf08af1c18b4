package org.datalabs.bench.pulse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.desktop.app.Main;
import org.datalabs.desktop.session.vnc.DesktopSessionView;

/**
 * The app with somebody who opens the tab of every running datalab, keeps all of them streaming, moves between them, and
 * measures the user interface's thread meanwhile. Arguments: how many datalabs run, seconds to measure, then the app's own.
 */
public final class PulseProbe {
    private static final long PAUSE_NANOS = 50_000_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int HOPS = 10;

    private final int sessions;
    private final int seconds;

    private PulseProbe(int sessions, int seconds) {
        this.sessions = sessions;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) {
        PulseProbe probe = new PulseProbe(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        Thread user = new Thread(probe::use, "user");
        user.setDaemon(true);
        user.start();
        Main.main(Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    private void use() {
        try {
            until("the user interface runs", PulseProbe::toolkitRuns);
            until("all datalabs are in the sidebar", () -> onUi(() -> lines().size()) == sessions);
            for (int i = 0; i < sessions; i++) {
                int number = i;
                onUi(() -> open(number));
                until("the desktop of tab " + (number + 1) + " is there", () -> onUi(() -> views().size()) > number);
            }
            onUi(this::activateAll);
            until("all desktops draw", () -> onUi(() -> views().stream().allMatch(view -> view.framesShown() > 5)));
            measure();
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private void measure() {
        Thread ui = onUi(Thread::currentThread);
        PulseMonitor monitor = new PulseMonitor(ui);
        monitor.run(TimeUnit.SECONDS.toNanos(2));
        PulseMonitor counted = new PulseMonitor(ui);
        long framesBefore = onUi(this::frames);
        for (int hop = 0; hop < HOPS; hop++) {
            int number = hop;
            Platform.runLater(() -> {
                open(number % sessions);
                activateAll();
            });
            counted.run(TimeUnit.SECONDS.toNanos(seconds) / HOPS);
        }
        long frames = onUi(this::frames) - framesBefore;
        System.out.printf(
                Locale.ROOT,
                "pulse %.2f %.2f %.2f %d %.1f %.2f%n",
                counted.waits().quantile(1),
                counted.waits().quantile(0.999),
                counted.waits().median(),
                counted.waits().size(),
                frames / (double) seconds,
                counted.longestOwnDelay());
        for (PulseMonitor.Block block : counted.blocks()) {
            System.out.printf(
                    Locale.ROOT,
                    "block %.1f %.1f %s%n",
                    block.millis(),
                    block.cpuMillis(),
                    String.join(" < ", block.stack()));
        }
        System.out.println("end");
    }

    private long frames() {
        return views().stream().mapToLong(DesktopSessionView::framesShown).sum();
    }

    /** What a press of Enter on a line of the sidebar does. */
    private Void open(int number) {
        Node line = lines().get(number);
        Event.fireEvent(line, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
        return null;
    }

    /** A tab that is not looked at rests; here all of them are wanted to stream. */
    private Void activateAll() {
        views().forEach(view -> view.activeProperty().set(true));
        return null;
    }

    private static List<Node> lines() {
        List<Node> found = new ArrayList<>();
        roots().forEach(root -> found.addAll(root.lookupAll(".nav.session")));
        return found;
    }

    private static List<DesktopSessionView> views() {
        List<DesktopSessionView> found = new ArrayList<>();
        roots().forEach(root -> collect(root, found));
        return found;
    }

    private static void collect(Node node, List<DesktopSessionView> found) {
        if (node instanceof DesktopSessionView view) {
            found.add(view);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }

    private static List<Parent> roots() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window.isShowing())
                .map(Window::getScene)
                .map(Scene::getRoot)
                .toList();
    }

    private static boolean toolkitRuns() {
        try {
            Platform.runLater(() -> {});
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static <T> T onUi(Callable<T> job) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(job.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    private static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (System.nanoTime() < end) {
                if (condition.call()) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Exception e) {
            throw new MeasurementException("While waiting until " + what + ": " + e.getMessage(), e);
        }
        throw new MeasurementException("Waited in vain until " + what + ".");
    }
}
