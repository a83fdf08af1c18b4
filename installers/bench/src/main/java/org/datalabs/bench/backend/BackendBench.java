package org.datalabs.bench.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.RunningBackend;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;

/**
 * From the backend's process to its first answer, with its store open: on a new state folder, on one it has used before,
 * and for scale a plain server with the same options; and what is resident ten seconds later.
 */
public final class BackendBench {
    private static final double MOST_SECONDS = 1.0;
    private static final double MOST_MEGABYTES = 130;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Setup setup;
    private final Runs first = new Runs();
    private final Runs again = new Runs();
    private final Runs memory = new Runs();
    private final Runs plain = new Runs();
    private final Runs plainMemory = new Runs();

    public BackendBench(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException, InterruptedException {
        for (int round = 0; round < setup.rounds(); round++) {
            try (Scratch scratch = new Scratch()) {
                first.addNanos(answerTime(scratch, false));
                again.addNanos(answerTime(scratch, true));
                plain(scratch);
            }
        }
        Figures figures = setup.figures();
        String beside = "plain server " + plain.words("ms");
        figures.note(
                "a class-data archive is %s",
                setup.backend().archive() == null ? "NOT there: figures are worse" : "used");
        figures.atMost(
                "backend: process to first answer, store as it was",
                again.median() / 1000,
                MOST_SECONDS,
                "s",
                again.words("ms") + "; " + beside);
        figures.atMost(
                "backend: process to first answer, store made",
                first.median() / 1000,
                MOST_SECONDS,
                "s",
                first.words("ms") + "; " + beside);
        figures.atMost(
                "backend: resident after 10 s idle",
                memory.median(),
                MOST_MEGABYTES,
                "MB",
                memory.words("MB") + "; plain server " + plainMemory.words("MB"));
    }

    private long answerTime(Scratch scratch, boolean stay) throws IOException, InterruptedException {
        try (RunningBackend backend = RunningBackend.start(
                setup.backend(), scratch.folder("state"), scratch.path().resolve("backend.log"))) {
            backend.answerOnce("/ready");
            long time = System.nanoTime() - backend.child().startedAt();
            if (stay) {
                TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
                memory.add(residentMegabytes(backend.child().handle()));
            }
            return time;
        }
    }

    private void plain(Scratch scratch) throws InterruptedException {
        List<String> words = new ArrayList<>(setup.backend().javaWithoutArchive());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainServer.class.getName()));
        try (Child child = Child.start(new ProcessBuilder(words), scratch.path().resolve("plain.log"))) {
            int port = Integer.parseInt(child.await("port ", PATIENCE));
            RunningBackend.ask(port, "/");
            plain.addNanos(System.nanoTime() - child.startedAt());
            TimeUnit.SECONDS.sleep(1);
            plainMemory.add(residentMegabytes(child.handle()));
        }
    }

    /** In 10⁶ bytes. */
    private static double residentMegabytes(ProcessHandle process) {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | RuntimeException e) {
            throw new MeasurementException("The backend has ended by itself.", e);
        }
    }
}
