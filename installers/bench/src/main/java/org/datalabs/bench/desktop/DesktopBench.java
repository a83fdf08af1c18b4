package org.datalabs.bench.desktop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.datalabs.desktop.session.real.RemoteDisplay;
import org.datalabs.desktop.session.real.SmallDatazone;
import org.datalabs.desktop.session.real.Until;

/**
 * Shows the same desktop of 800 × 600 pixels in the app's view and in Chromium with noVNC, one after the other, and prints
 * frames per second, CPU and key-to-pixel times with their ratios.
 *
 * <p>Arguments: the number of a free X display for the screen and one for the desktop, the folder of noVNC (with
 * {@code core/rfb.js}), seconds per measurement, then the clients: {@code app-RAW}, {@code app-TIGHT}, ...,
 * {@code chromium}.
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
    private static final int KEYS = 40;
    private static final int KEYCODE_A = 38;

    private final int screen;
    private final RemoteDisplay desktop;
    private final int desktopNumber;
    private final SmallDatazone datazone;
    private final Path noVnc;
    private final int seconds;
    private final AtomicLong pageFrames = new AtomicLong();

    private DesktopBench(int screen, RemoteDisplay desktop, int desktopNumber, Path noVnc, int seconds)
            throws IOException {
        this.screen = screen;
        this.desktop = desktop;
        this.desktopNumber = desktopNumber;
        this.noVnc = noVnc;
        this.seconds = seconds;
        datazone = new SmallDatazone(desktop);
        datazone.respond(this::serve);
    }

    /** What one client reached; times in milliseconds. */
    private record Result(String client, double frames, double cpu, double screenCpu, double median, double p90) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-12s %5.1f frames/s  client %5.1f %% of a core  X server %5.1f %%  key to pixel median %5.1f ms, p90 %5.1f ms",
                    client,
                    frames,
                    cpu,
                    screenCpu,
                    median,
                    p90);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int screen = Integer.parseInt(arguments[0]);
        int desktopNumber = Integer.parseInt(arguments[1]);
        Path work = Files.createTempDirectory("desktop-bench");
        Process xvfb = new ProcessBuilder("Xvfb", ":" + screen, "-screen", "0", "800x600x24", "-nolisten", "tcp", "-ac")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("xvfb.log").toFile())
                .start();
        Until.holds("Xvfb listens", () -> Files.exists(Path.of("/tmp/.X11-unix/X" + screen)));
        ProcessBuilder manager = new ProcessBuilder("openbox").redirectErrorStream(true);
        manager.environment().put("DISPLAY", ":" + screen);
        Process openbox =
                manager.redirectOutput(work.resolve("openbox.log").toFile()).start();
        try (RemoteDisplay desktop = new RemoteDisplay(desktopNumber, "800x600", 60, work)) {
            DesktopBench bench = new DesktopBench(
                    screen, desktop, desktopNumber, Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            List<Result> results = new ArrayList<>();
            for (String client : List.of(arguments).subList(4, arguments.length)) {
                Result result = bench.measure(client, work, xvfb.toHandle());
                results.add(result);
                System.out.println(result.line());
            }
            results.stream()
                    .filter(result -> "chromium".equals(result.client()))
                    .findFirst()
                    .ifPresent(yardstick -> results.forEach(result -> System.out.printf(
                            Locale.ROOT,
                            "%-12s against Chromium: frames %.2f, CPU %.2f (with the X server %.2f), key to pixel %.2f%n",
                            result.client(),
                            result.frames() / yardstick.frames(),
                            result.cpu() / yardstick.cpu(),
                            (result.cpu() + result.screenCpu()) / (yardstick.cpu() + yardstick.screenCpu()),
                            result.median() / yardstick.median())));
        } finally {
            openbox.destroy();
            xvfb.destroy();
        }
        System.exit(0);
    }

    private Result measure(String client, Path work, ProcessHandle xvfb) throws IOException, InterruptedException {
        Process animation = program("animate");
        Process shown = start(client, work);
        try {
            Until.holds(client + " draws", () -> frames(client, work) > 60);
            double cpu = ProcessTree.cpuSeconds(shown.toHandle());
            double screenCpu = ProcessTree.cpuSeconds(xvfb);
            long framesBefore = frames(client, work);
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double time = (System.nanoTime() - begin) / 1e9;
            double frames = (frames(client, work) - framesBefore) / time;
            cpu = (ProcessTree.cpuSeconds(shown.toHandle()) - cpu) / time * 100;
            screenCpu = (ProcessTree.cpuSeconds(xvfb) - screenCpu) / time * 100;
            animation.destroy();
            animation.waitFor();
            double[] times = keyToPixel();
            return new Result(client, frames, cpu, screenCpu, times[times.length / 2], times[times.length * 9 / 10]);
        } finally {
            animation.destroy();
            ProcessTree.end(shown);
            shown.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private double[] keyToPixel() throws IOException, InterruptedException {
        Process flip = program("flip");
        try (XServer server = new XServer(screen)) {
            Until.holds("the plain window shows", () -> server.pixel(100, 100) == 0);
            int xtest = server.extension("XTEST");
            double[] times = new double[KEYS];
            for (int i = 0; i < KEYS; i++) {
                LockSupport.parkNanos(150_000_000L + i * 1_700_000L);
                int before = server.pixel(100, 100);
                long begin = System.nanoTime();
                server.type(xtest, KEYCODE_A);
                while (server.pixel(100, 100) == before) {
                    if (System.nanoTime() - begin > 3_000_000_000L) {
                        throw new IOException("A key did not arrive.");
                    }
                    LockSupport.parkNanos(300_000);
                }
                times[i] = (System.nanoTime() - begin) / 1e6;
            }
            Arrays.sort(times);
            return times;
        } finally {
            flip.destroy();
            flip.waitFor();
        }
    }

    private Process program(String mode) throws IOException {
        return desktop.start(
                java(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                AnimatedScreen.class.getName(),
                "" + desktopNumber,
                mode);
    }

    private Process start(String client, Path work) throws IOException {
        String ticket = datazone.ticketUrl().toCompletableFuture().join().toString();
        pageFrames.set(0);
        List<String> command = new ArrayList<>();
        if ("chromium".equals(client)) {
            command.addAll(List.of(
                    "chromium",
                    "--no-sandbox",
                    "--no-first-run",
                    "--disable-extensions",
                    "--user-data-dir=" + work.resolve("profile"),
                    "--kiosk",
                    ticket));
        } else {
            command.addAll(List.of(java(), "-Xmx384m"));
            command.addAll(Stream.of(System.getProperty("client.options", "").split(" "))
                    .filter(option -> !option.isEmpty())
                    .toList());
            command.addAll(List.of("-cp", classPath(), AppClient.class.getName(), ticket, client.substring(4)));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DISPLAY", ":" + screen);
        return builder.redirectOutput(work.resolve(client + ".log").toFile()).start();
    }

    private long frames(String client, Path work) throws IOException {
        if ("chromium".equals(client)) {
            return pageFrames.get();
        }
        return Files.readAllLines(work.resolve(client + ".log")).stream()
                .filter(line -> line.startsWith("frames "))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .max()
                .orElse(0);
    }

    private void serve(SmallDatazone.Request request, OutputStream out) throws IOException {
        String path = request.path().substring(datazone.root().length());
        if (path.equals("frames")) {
            pageFrames.set(Long.parseLong(request.target().split("\\?")[1]));
            SmallDatazone.text(out, "200 OK", "");
            return;
        }
        byte[] body = path.isEmpty()
                ? PAGE.getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(noVnc.resolve(path).normalize());
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
