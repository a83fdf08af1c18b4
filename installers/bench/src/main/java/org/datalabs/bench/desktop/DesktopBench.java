package org.datalabs.bench.desktop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.PrivateDisplay;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.datalabs.desktop.session.real.RemoteDisplay;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;
import org.datalabs.desktop.session.vnc.PictureEncoding;

/**
 * Shows the same desktop of 800 × 600 pixels in the app's view, in Chromium with noVNC and in the app's WebView with the
 * same noVNC, in turns on one screen: frames shown and CPU while the desktop moves with 60 frames a second, then key press
 * to changed pixel. Chromium is the yardstick; the WebView tells whether the app's own RFB client is worth its keep.
 */
public final class DesktopBench {
    private static final String PAGE = """
            <!DOCTYPE html><html><head><meta charset="utf-8"><style>html,body,#s{margin:0;height:100%;overflow:hidden}</style>
            <script type="module">
            let drawn = false, frames = 0;
            const draw = CanvasRenderingContext2D.prototype.drawImage;
            CanvasRenderingContext2D.prototype.drawImage = function (...a) {
              if (this.canvas.isConnected) drawn = true;
              return draw.apply(this, a);
            };
            const tick = () => { if (drawn) { drawn = false; frames++; } requestAnimationFrame(tick); };
            requestAnimationFrame(tick);
            setInterval(() => fetch('frames?' + frames), 500);
            const RFB = (await import('./core/rfb.js')).default;
            const rfb = new RFB(document.getElementById('s'), location.href.replace('http', 'ws') + 'vnc', {wsProtocols: ['binary']});
            rfb.compressionLevel = 2;
            rfb.addEventListener('connect', () => rfb.focus());
            </script></head><body><div id="s"></div></body></html>
            """;
    private static final String APP = "app";
    private static final String CHROMIUM = "chromium";
    private static final String WEB_VIEW = "webview";
    private static final double LEAST_FRAMES = 0.8;
    private static final double MOST_CPU = 1.5;
    private static final double MOST_KEY = 1.5;
    private static final int SECONDS = 6;
    private static final int KEYS = 40;
    private static final int KEYCODE_A = 38;
    private static final int MOST_TRIES = 8;
    private static final long KEY_PATIENCE_NANOS = 3_000_000_000L;

    private final Setup setup;
    private final AtomicLong pageFrames = new AtomicLong();

    public DesktopBench(Setup setup) {
        this.setup = setup;
    }

    /** What one client reached in all its turns; times in milliseconds, CPU in per cent of a core. */
    private record Results(Runs frames, Runs cpu, Runs screenCpu, Runs keys) {
        Results() {
            this(new Runs(), new Runs(), new Runs(), new Runs());
        }

        String line(String client) {
            return String.format(
                    Locale.ROOT,
                    "%-9s %5.1f frames/s, client %5.1f %% of a core, X server %5.1f %%, key to pixel median %5.1f ms, p90 %5.1f ms",
                    client,
                    frames.median(),
                    cpu.median(),
                    screenCpu.median(),
                    keys.median(),
                    keys.quantile(0.9));
        }
    }

    /** The places of one measurement. */
    private record Stage(
            PrivateDisplay screen, RemoteDisplay desktop, int desktopNumber, SmallDatazone datazone, Path work) {}

    public void run() throws IOException, InterruptedException {
        Results app = new Results();
        Results chromium = new Results();
        Results webView = new Results();
        int number = PrivateDisplay.freeNumber();
        try (Scratch scratch = new Scratch();
                PrivateDisplay screen = new PrivateDisplay(scratch.path(), "800x600");
                RemoteDisplay desktop = new RemoteDisplay(number, "800x600", 60, scratch.path());
                SmallDatazone datazone = new SmallDatazone(desktop)) {
            datazone.respond((request, out) -> serve(datazone.root(), request, out));
            Stage stage = new Stage(screen, desktop, number, datazone, scratch.path());
            for (int round = 0; round < setup.rounds(); round++) {
                measure(APP, stage, app);
                measure(CHROMIUM, stage, chromium);
                measure(WEB_VIEW, stage, webView);
            }
        }
        report(app, chromium);
        reportWebView(app, webView);
    }

    private void report(Results app, Results chromium) {
        Figures figures = setup.figures();
        figures.note("%s", app.line(APP));
        figures.note("%s", chromium.line(CHROMIUM));
        figures.atLeast(
                "stream: frames against Chromium",
                app.frames().median() / chromium.frames().median(),
                LEAST_FRAMES,
                "times",
                compared(app.frames(), chromium.frames(), "frames/s"));
        figures.atMost(
                "stream: CPU against Chromium",
                app.cpu().median() / chromium.cpu().median(),
                MOST_CPU,
                "times",
                compared(app.cpu(), chromium.cpu(), "%"));
        figures.note(
                "with the X server's share the CPU ratio is %.2f",
                (app.cpu().median() + app.screenCpu().median())
                        / (chromium.cpu().median() + chromium.screenCpu().median()));
        figures.atMost(
                "stream: key press to pixel against Chromium",
                app.keys().median() / chromium.keys().median(),
                MOST_KEY,
                "times",
                compared(app.keys(), chromium.keys(), "ms"));
    }

    private void reportWebView(Results app, Results webView) {
        Figures figures = setup.figures();
        figures.note("%s", webView.line(WEB_VIEW));
        figures.note(
                "noVNC in the WebView against the app: %.2f times the frames, %.2f times the CPU, %.2f times the time of a key",
                webView.frames().median() / app.frames().median(),
                webView.cpu().median() / app.cpu().median(),
                webView.keys().median() / app.keys().median());
    }

    private static String compared(Runs app, Runs chromium, String unit) {
        return "app " + app.words(unit) + "; Chromium " + chromium.words(unit);
    }

    private void measure(String client, Stage stage, Results results) throws IOException, InterruptedException {
        Path work = stage.work();
        ProcessHandle xvfb = stage.screen().server();
        Process animation = program(stage, "animate");
        Process shown = start(client, stage);
        try {
            Until.holds(client + " draws", () -> frames(client, work) > 60);
            double cpu = ProcessTree.cpuSeconds(shown.toHandle());
            double screenCpu = ProcessTree.cpuSeconds(xvfb);
            long framesBefore = frames(client, work);
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(SECONDS);
            double time = (System.nanoTime() - begin) / 1e9;
            double frames = (frames(client, work) - framesBefore) / time;
            cpu = (ProcessTree.cpuSeconds(shown.toHandle()) - cpu) / time * 100;
            screenCpu = (ProcessTree.cpuSeconds(xvfb) - screenCpu) / time * 100;
            animation.destroy();
            animation.waitFor();
            results.frames().add(frames);
            results.cpu().add(cpu);
            results.screenCpu().add(screenCpu);
            keyToPixel(stage, results.keys());
        } finally {
            animation.destroy();
            ProcessTree.end(shown);
            shown.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void keyToPixel(Stage stage, Runs times) throws IOException, InterruptedException {
        Process flip = program(stage, "flip");
        try (XServer server = new XServer(stage.screen().number())) {
            Until.holds("the plain window shows", () -> server.pixel(100, 100) == 0);
            int xtest = server.extension("XTEST");
            for (int tries = 0; keyTime(server, xtest) < 0; tries++) {
                if (tries == MOST_TRIES) {
                    throw new MeasurementException("No key reaches the desktop.");
                }
                // A browser may not have the focus yet.
                server.click(xtest);
            }
            for (int i = 0; i < KEYS; i++) {
                LockSupport.parkNanos(150_000_000L + i * 1_700_000L);
                long time = keyTime(server, xtest);
                if (time < 0) {
                    throw new MeasurementException("A key did not reach the desktop.");
                }
                times.addNanos(time);
            }
        } finally {
            flip.destroy();
            flip.waitFor();
        }
    }

    /** Nanoseconds until a key press has changed the screen, or -1. */
    private static long keyTime(XServer server, int xtest) throws IOException {
        int before = server.pixel(100, 100);
        long begin = System.nanoTime();
        server.type(xtest, KEYCODE_A);
        while (server.pixel(100, 100) == before) {
            if (System.nanoTime() - begin > KEY_PATIENCE_NANOS) {
                return -1;
            }
            LockSupport.parkNanos(300_000);
        }
        return System.nanoTime() - begin;
    }

    private Process program(Stage stage, String mode) throws IOException {
        return stage.desktop()
                .start(
                        java(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        AnimatedScreen.class.getName(),
                        "" + stage.desktopNumber(),
                        mode);
    }

    private Process start(String client, Stage stage) throws IOException {
        Path work = stage.work();
        String ticket =
                stage.datazone().ticketUrl().toCompletableFuture().join().toString();
        pageFrames.set(0);
        List<String> command = new ArrayList<>();
        if (CHROMIUM.equals(client)) {
            command.addAll(List.of(
                    CHROMIUM,
                    "--no-sandbox",
                    "--no-first-run",
                    "--disable-extensions",
                    "--user-data-dir=" + work.resolve("profile"),
                    "--kiosk",
                    ticket));
        } else if (WEB_VIEW.equals(client)) {
            command.addAll(setup.withAppOptions(WebClient.class, ticket));
        } else {
            // The encoding that the app asks for.
            command.addAll(setup.withAppOptions(AppClient.class, ticket, PictureEncoding.TIGHT.name()));
        }
        ProcessBuilder builder = stage.screen().on(new ProcessBuilder(command)).redirectErrorStream(true);
        return builder.redirectOutput(work.resolve(client + ".log").toFile()).start();
    }

    private long frames(String client, Path work) throws IOException {
        if (!APP.equals(client)) {
            return pageFrames.get();
        }
        return Files.readAllLines(work.resolve(client + ".log")).stream()
                .filter(line -> line.startsWith("frames "))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .max()
                .orElse(0);
    }

    private void serve(String root, SmallDatazone.Request request, OutputStream out) throws IOException {
        String path = request.path().substring(root.length());
        if (path.equals("frames")) {
            pageFrames.set(Long.parseLong(request.target().split("\\?")[1]));
            SmallDatazone.text(out, "200 OK", "");
            return;
        }
        byte[] body = path.isEmpty()
                ? PAGE.getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(setup.noVnc().resolve(path).normalize());
        SmallDatazone.head(
                out,
                "200 OK",
                Map.of(
                        "Content-Type",
                        path.isEmpty() ? "text/html" : "text/javascript",
                        "Content-Length",
                        "" + body.length));
        out.write(body);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
