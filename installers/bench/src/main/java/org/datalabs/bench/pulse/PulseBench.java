package org.datalabs.bench.pulse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datalabs.bench.launch.Animation;
import org.datalabs.bench.launch.Sessions;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.PrivateDisplay;
import org.datalabs.bench.measure.RunningBackend;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.session.Session;

/** Ten desktop datalabs, all open in the app and streaming: how long its user interface's thread lets others wait. */
public final class PulseBench {
    private static final int SESSIONS = 10;
    private static final int SECONDS = 40;
    private static final double MOST_MILLIS = PulseMonitor.LIMIT_MILLIS;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BLOCKS_TOLD = 8;
    /** Where the user interface's thread is when it has nothing to do. */
    private static final String IDLE = "RUNNABLE < com.sun.glass.ui.gtk.GtkApplication._runLoop";

    private final Setup setup;

    public PulseBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Animation animation = new Animation(scratch);
            try (RunningBackend backend = RunningBackend.start(
                            setup.backend(),
                            scratch.folder("s"),
                            scratch.path().resolve("backend.log"),
                            "--catalogue",
                            animation.catalogue(),
                            "--quota",
                            String.valueOf(SESSIONS));
                    DatazoneClient client = backend.client();
                    Sessions sessions = new Sessions(client, PATIENCE)) {
                animation.offer(client);
                List<Session> launched = new ArrayList<>();
                try {
                    for (int i = 0; i < SESSIONS; i++) {
                        Session session = client.launch(animation.small());
                        launched.add(session);
                        sessions.awaitReady(session.id(), PATIENCE);
                    }
                    measure(scratch, backend);
                } finally {
                    launched.forEach(session -> sessions.destroy(session.id(), PATIENCE));
                }
            }
        }
    }

    private void measure(Scratch scratch, RunningBackend backend) throws IOException {
        Path state = scratch.folder("app");
        ProcessBuilder builder = new ProcessBuilder(setup.appWith(
                PulseProbe.class,
                String.valueOf(SESSIONS),
                String.valueOf(SECONDS),
                "--datazone",
                backend.address().toString()));
        builder.environment()
                .putAll(Map.of(
                        "XDG_CONFIG_HOME", state.resolve("c").toString(),
                        "XDG_STATE_HOME", state.resolve("s").toString(),
                        "DATALABS_TOKEN", backend.token(),
                        "LC_ALL", "C.UTF-8"));
        try (PrivateDisplay display = new PrivateDisplay(scratch.path(), "1440x900");
                Child child = Child.start(display.on(builder), scratch.path().resolve("app.log"))) {
            String[] words =
                    child.await("pulse ", PATIENCE.plusSeconds(SECONDS)).split(" ");
            report(words, child);
        }
    }

    private void report(String[] words, Child child) {
        Figures figures = setup.figures();
        figures.atMost(
                "pulse: longest wait for the UI thread, ten streams",
                Double.parseDouble(words[0]),
                MOST_MILLIS,
                "ms",
                "p99.9 " + words[1] + " ms, median " + words[2] + " ms of " + words[3] + " looks; " + words[4]
                        + " updates/s shown; the monitor's own thread came " + words[5] + " ms late at worst");
        int blocks = 0;
        int starved = 0;
        for (String line = child.await("", PATIENCE); !line.equals("end"); line = child.await("", PATIENCE)) {
            if (line.startsWith("block ")) {
                blocks++;
                String[] parts = line.split(" ", 4);
                if (parts[3].startsWith(IDLE)) {
                    starved++;
                } else if (blocks - starved <= BLOCKS_TOLD) {
                    figures.note("blocked %s ms, computing %s ms of them: %s", parts[1], parts[2], parts[3]);
                }
            }
        }
        figures.note(
                "above %.0f ms in %d s: %d times, %d of them with the thread in its event loop, ready but without a core",
                MOST_MILLIS, SECONDS, blocks, starved);
    }
}
