package org.datalabs.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Runs;

/** How a service fares while it is used: memory, backlog, and what it asks of the API server. */
final class Vitals {
    static final String BACKLOG = "datalabs_reconcile_backlog";
    static final String LAG = "datalabs_reconcile_lag_seconds";
    private static final long EVERY_MILLIS = 250;
    private static final double MEGABYTE = 1e6;

    private final ProcessHandle process;
    private final BackendMetrics metrics;
    private final CountingRelay relay;
    private final List<Double> resident = new ArrayList<>();
    private final Runs lags = new Runs();
    private int looks;
    private int emptyLooks;
    private long backlogNanos;
    private long busiest;

    Vitals(ProcessHandle process, BackendMetrics metrics, CountingRelay relay) {
        this.process = process;
        this.metrics = metrics;
        this.relay = relay;
    }

    /** Looks four times a second for so long. */
    void watch(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        long second = System.nanoTime();
        long requests = relay.count();
        long emptyAt = System.nanoTime();
        while (System.nanoTime() < end) {
            String text = metrics.text();
            long now = System.nanoTime();
            looks++;
            if (BackendMetrics.value(text, BACKLOG).orElse(1) == 0) {
                emptyLooks++;
                emptyAt = now;
            } else {
                backlogNanos = Math.max(backlogNanos, now - emptyAt);
            }
            BackendMetrics.value(text, LAG).ifPresent(lag -> lags.add(lag * 1000));
            resident.add(residentMegabytes());
            if (now - second >= 1_000_000_000L) {
                long asked = relay.count();
                busiest = Math.max(busiest, Math.round((asked - requests) * 1e9 / (now - second)));
                requests = asked;
                second = now;
            }
            pause(Duration.ofMillis(EVERY_MILLIS));
        }
    }

    static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
    }

    /** What a whole collection leaves on the heap, in 10⁶ bytes. */
    double liveMegabytes() {
        try {
            Process collection = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (collection.waitFor() != 0) {
                throw new MeasurementException("jcmd does not reach the service.");
            }
        } catch (IOException e) {
            throw new MeasurementException("jcmd cannot be started; a whole JDK has it.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("The measurement was interrupted.", e);
        }
        return heap("jvm_memory_used_bytes{area=\"heap\"");
    }

    /** The heap's bound, in 10⁶ bytes. */
    long heapMegabytes() {
        return Math.round(heap("jvm_memory_max_bytes{area=\"heap\""));
    }

    private double heap(String series) {
        return metrics.text()
                        .lines()
                        .filter(line -> line.startsWith(series))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / MEGABYTE;
    }

    long busiestSecond() {
        return busiest;
    }

    double longestBacklogSeconds() {
        return backlogNanos / 1e9;
    }

    String backlogWords() {
        return String.format(
                Locale.ROOT,
                "empty in %d of %d looks; a session waits %s, p99 %.0f ms",
                emptyLooks,
                looks,
                lags.words("ms"),
                lags.quantile(0.99));
    }

    /** Median of the last fifth of the time by that of the second: the first is left for it to settle. */
    double residentGrowth() {
        return fifth(4) / fifth(1);
    }

    String residentWords() {
        return String.format(Locale.ROOT, "%.0f MB, %.0f MB", fifth(1), fifth(4));
    }

    private double fifth(int number) {
        Runs runs = new Runs();
        int each = Math.max(1, resident.size() / 5);
        resident.subList(number * each, Math.min(resident.size(), (number + 1) * each))
                .forEach(runs::add);
        return runs.median();
    }

    private double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / MEGABYTE)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | RuntimeException e) {
            throw new MeasurementException("The service has ended by itself.", e);
        }
    }
}
