package org.datalabs.bench.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.RunningBackend;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;

/**
 * From a launch request to the datalab's own process, beside the same command typed by hand; and from the datalab's first
 * answer to the news, over the event stream, that it is ready.
 *
 * <p>A desktop datalab has answered when its X server greets and its first window is on the screen: the window's program
 * itself writes down when that was.
 */
public final class LaunchBench {
    private static final double MOST_ABOVE_HAND = 150;
    private static final double MOST_TO_READY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final LaunchRequest TOPCAT = LaunchRequest.defaults(new DatalabId("topcat"));
    private static final LaunchRequest JUPYTER = LaunchRequest.defaults(new DatalabId("jupyter"));

    private final Setup setup;
    private final Runs topcat = new Runs();
    private final Runs topcatByHand = new Runs();
    private final Runs jupyter = new Runs();
    private final Runs jupyterByHand = new Runs();
    private final Runs webReady = new Runs();
    private final Runs desktopReady = new Runs();

    public LaunchBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Animation animation = new Animation(scratch);
            Path state = scratch.folder("s");
            try (RunningBackend backend = RunningBackend.start(
                            setup.backend(),
                            state,
                            scratch.path().resolve("backend.log"),
                            "--catalogue",
                            animation.catalogue());
                    DatazoneClient client = backend.client();
                    Sessions sessions = new Sessions(client, PATIENCE)) {
                animation.offer(client);
                for (int round = -1; round < setup.rounds(); round++) {
                    boolean counts = round >= 0;
                    double product = desktopProcess(client, sessions);
                    double hand = byHand("topcat", ByHand.topcat(scratch.folder("d" + round)), scratch);
                    double web = web(client, sessions, state, counts);
                    double webHand = byHand("jupyter-notebook", ByHand.jupyter(scratch.folder("j" + round)), scratch);
                    desktopReady(client, sessions, state, animation.whole(), counts);
                    if (counts) {
                        topcat.add(product);
                        topcatByHand.add(hand);
                        jupyter.add(web);
                        jupyterByHand.add(webHand);
                    }
                }
            }
        }
        report();
    }

    private void report() {
        Figures figures = setup.figures();
        figures.atMost(
                "launch: request to process above by hand, TOPCAT",
                topcat.median() - topcatByHand.median(),
                MOST_ABOVE_HAND,
                "ms",
                "launched " + topcat.words("ms") + "; by hand " + topcatByHand.words("ms"));
        figures.atMost(
                "launch: request to process above by hand, Jupyter",
                jupyter.median() - jupyterByHand.median(),
                MOST_ABOVE_HAND,
                "ms",
                "launched " + jupyter.words("ms") + "; by hand " + jupyterByHand.words("ms"));
        figures.atMost(
                "launch: first answer to ready seen, Jupyter",
                webReady.median(),
                MOST_TO_READY,
                "ms",
                webReady.words("ms"));
        figures.atMost(
                "launch: first window to ready seen, desktop",
                desktopReady.median(),
                MOST_TO_READY,
                "ms",
                desktopReady.words("ms"));
    }

    private double desktopProcess(DatazoneClient client, Sessions sessions) throws IOException {
        try (ProcessWatch watch = new ProcessWatch("topcat")) {
            long start = System.nanoTime();
            Session session = client.launch(TOPCAT);
            try {
                return (watch.await(PATIENCE) - start) / 1e6;
            } finally {
                sessions.destroy(session.id(), PATIENCE);
            }
        }
    }

    private double web(DatazoneClient client, Sessions sessions, Path state, boolean counts) throws IOException {
        try (ProcessWatch watch = new ProcessWatch("jupyter-notebook")) {
            long start = System.nanoTime();
            Session session = client.launch(JUPYTER);
            Path socket = socketFolder(state, session).resolve("web");
            try (SocketWatch answers = SocketWatch.http(socket, "/s/" + session.id() + "/api/status")) {
                double process = (watch.await(PATIENCE) - start) / 1e6;
                long ready = sessions.awaitReady(session.id(), PATIENCE);
                if (counts) {
                    webReady.addNanos(ready - answers.await(PATIENCE));
                }
                return process;
            } finally {
                sessions.destroy(session.id(), PATIENCE);
            }
        }
    }

    private void desktopReady(
            DatazoneClient client, Sessions sessions, Path state, LaunchRequest request, boolean counts)
            throws IOException {
        Path shown = state.resolve("homes/local/shown");
        Files.deleteIfExists(shown);
        Session session = client.launch(request);
        try (SocketWatch greets = SocketWatch.rfb(socketFolder(state, session).resolve("rfb"))) {
            long ready = sessions.awaitReady(session.id(), PATIENCE);
            long answered = Math.max(greets.await(PATIENCE), awaitNumber(shown));
            if (counts) {
                desktopReady.addNanos(ready - answered);
            }
        } finally {
            sessions.destroy(session.id(), PATIENCE);
        }
    }

    /** Where a session makes its socket; the backend publishes it elsewhere a moment later. */
    private static Path socketFolder(Path state, Session session) {
        return state.resolve("run").resolve(session.id().value()).resolve("s");
    }

    private static long awaitNumber(Path file) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                return Long.parseLong(Files.readString(file).strip());
            } catch (NoSuchFileException notYet) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        throw new MeasurementException("The desktop datalab showed no window.");
    }

    private static double byHand(String program, ProcessBuilder command, Scratch scratch) throws IOException {
        try (ProcessWatch watch = new ProcessWatch(program);
                Child child = Child.start(command, scratch.path().resolve("hand.log"))) {
            return (watch.await(PATIENCE) - child.startedAt()) / 1e6;
        }
    }
}
