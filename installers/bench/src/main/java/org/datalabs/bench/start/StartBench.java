package org.datalabs.bench.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.PrivateDisplay;
import org.datalabs.bench.measure.RunningBackend;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;
import org.jspecify.annotations.Nullable;

/**
 * From the app's process to a catalogue that can be used, beside a window with a WebView; and the same with a datazone
 * that takes connections and never answers, from the catalogue on the disk.
 *
 * <p>Each side's state is that of a program that has run before. The yardstick runs with the app's own options, with and
 * without class data made the way the app's is.
 */
public final class StartBench {
    private static final double MOST_TIMES = 1.5;
    /** No slower, with a twentieth for noise. */
    private static final double OFFLINE_MOST_TIMES = 1.05;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Setup setup;
    private final Runs online = new Runs();
    private final Runs onlineCards = new Runs();
    private final Runs onlineKey = new Runs();
    private final Runs onlineConnected = new Runs();
    private final Runs offline = new Runs();
    private final Runs plain = new Runs();
    private final Runs plainWithArchive = new Runs();

    public StartBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch();
                PrivateDisplay display = new PrivateDisplay(scratch.path(), "1440x900")) {
            Path archive = plainArchive(scratch, display);
            Path state = scratch.folder("a");
            app(scratch, display, state, true, new Runs(), new Runs(), new Runs(), new Runs());
            Path offlineState = scratch.folder("b");
            URI silentAddress = remember(scratch, display, offlineState);
            try (ServerSocket silent =
                    new ServerSocket(silentAddress.getPort(), 1, InetAddress.getByName(silentAddress.getHost()))) {
                for (int round = 0; round < setup.rounds(); round++) {
                    plain(scratch, display, null, plain);
                    plain(scratch, display, archive, plainWithArchive);
                    app(scratch, display, state, true, online, onlineCards, onlineKey, onlineConnected);
                    app(
                            scratch,
                            display,
                            offlineState,
                            false,
                            offline,
                            new Runs(),
                            new Runs(),
                            new Runs(),
                            "--datazone",
                            silentAddress.toString());
                }
                report(silent);
            }
        }
    }

    private void report(ServerSocket silent) {
        Figures figures = setup.figures();
        figures.note(
                "class data of the app is %s, of its backend %s",
                setup.desktop().archive() == null ? "NOT there: figures are worse" : "used",
                setup.backend().archive() == null ? "NOT there: figures are worse" : "used");
        figures.note(
                "app: cards painted %s; key taken %s; connected %s",
                onlineCards.words("ms"), onlineKey.words("ms"), onlineConnected.words("ms"));
        String app = "app " + online.words("ms");
        figures.atMost(
                "start: app against a window with a WebView",
                online.median() / plain.median(),
                MOST_TIMES,
                "times",
                app + "; window " + plain.words("ms"));
        figures.atMost(
                "start: the same, the window with class data as well",
                online.median() / plainWithArchive.median(),
                MOST_TIMES,
                "times",
                app + "; window " + plainWithArchive.words("ms"));
        figures.atMost(
                "start: offline against online",
                offline.median() / online.median(),
                OFFLINE_MOST_TIMES,
                "times",
                "offline " + offline.words("ms") + "; silent datazone on port " + silent.getLocalPort());
    }

    /** Fills {@code state} with what a start against a datazone that answers leaves behind; returns where that was. */
    private URI remember(Scratch scratch, PrivateDisplay display, Path state) throws IOException, InterruptedException {
        Path log = scratch.path().resolve("remote.log");
        try (RunningBackend remote = RunningBackend.start(setup.backend(), scratch.folder("remote"), log)) {
            ProcessBuilder builder = appProcess(
                    display, state, true, "--datazone", remote.address().toString());
            builder.environment().put("DATALABS_TOKEN", remote.token());
            try (Child child = Child.start(builder, scratch.path().resolve("app.log"))) {
                child.await("interactive ", PATIENCE);
                awaitKeptCatalogue(state);
            }
            return remote.address();
        }
    }

    private static void awaitKeptCatalogue(Path state) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Stream<Path> files = Files.walk(state)) {
                if (files.anyMatch(file -> file.toString().contains("/catalogues/")
                        && !file.getFileName().toString().startsWith("local"))) {
                    TimeUnit.SECONDS.sleep(1);
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private ProcessBuilder appProcess(PrivateDisplay display, Path state, boolean connection, String... arguments) {
        List<String> words = new ArrayList<>(setup.appWith(StartProbe.class, String.valueOf(connection)));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = display.on(new ProcessBuilder(words));
        builder.environment()
                .putAll(Map.of(
                        "XDG_CONFIG_HOME", state.resolve("c").toString(),
                        "XDG_STATE_HOME", state.resolve("s").toString(),
                        "LC_ALL", "C.UTF-8"));
        return builder;
    }

    private void app(
            Scratch scratch,
            PrivateDisplay display,
            Path state,
            boolean connection,
            Runs interactive,
            Runs cards,
            Runs key,
            Runs connected,
            String... arguments)
            throws InterruptedException {
        try (Child child = Child.start(
                appProcess(display, state, connection, arguments),
                scratch.path().resolve("app.log"))) {
            long start = child.startedAt();
            for (int waited = 0; waited < (connection ? 4 : 3); waited++) {
                String[] line = child.await("", PATIENCE).split(" ");
                if (line.length != 2) {
                    waited--;
                    continue;
                }
                long time = Long.parseLong(line[1]) - start;
                switch (line[0]) {
                    case "cards" -> cards.addNanos(time);
                    case "key" -> key.addNanos(time);
                    case "connected" -> connected.addNanos(time);
                    default -> interactive.addNanos(time);
                }
            }
            // Lets it keep what it read, as it would with a user in front of it.
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void plain(Scratch scratch, PrivateDisplay display, @Nullable Path archive, Runs runs) {
        List<String> words = new ArrayList<>(setup.desktop().javaWithoutArchive());
        if (archive != null) {
            words.add("-XX:SharedArchiveFile=" + archive);
        }
        words.addAll(List.of("-cp", plainClassPath(), PlainWindow.class.getName()));
        try (Child child = Child.start(
                display.on(new ProcessBuilder(words)), scratch.path().resolve("plain.log"))) {
            runs.addNanos(Long.parseLong(child.await("interactive ", PATIENCE)) - child.startedAt());
        }
    }

    private Path plainArchive(Scratch scratch, PrivateDisplay display) throws InterruptedException {
        Path archive = scratch.path().resolve("plain.jsa");
        List<String> words = new ArrayList<>(setup.desktop().javaWithoutArchive());
        words.add("-XX:ArchiveClassesAtExit=" + archive);
        words.addAll(List.of("-cp", plainClassPath(), PlainWindow.class.getName(), "end"));
        try (Child child = Child.start(
                display.on(new ProcessBuilder(words)), scratch.path().resolve("plain.log"))) {
            child.await("interactive ", PATIENCE);
            child.handle()
                    .onExit()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        return archive;
    }

    /** JavaFX first, so that no other jar is opened on its way. */
    private String plainClassPath() {
        try (Stream<Path> jars = Files.list(setup.desktop().libraries())) {
            return Stream.concat(
                            jars.filter(jar -> jar.getFileName().toString().startsWith("javafx-"))
                                    .sorted(),
                            Stream.of(Setup.ownJar()))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
