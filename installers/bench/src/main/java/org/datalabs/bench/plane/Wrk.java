package org.datalabs.bench.plane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datalabs.bench.measure.MeasurementException;

/** The load generator of Debian's package: a few connections that always have one request on the way. */
final class Wrk {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern FAILED = Pattern.compile("(Non-2xx[^\\n]*|Socket errors:[^\\n]*)");

    private Wrk() {}

    /**
     * What one run saw.
     *
     * @param perSecond answers per second
     * @param p99Millis time within which 99 of 100 were complete
     */
    record Load(double perSecond, double p99Millis) {}

    static Load run(Contender proxy, String path, int connections, int seconds)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s", "--latency"));
        proxy.cookie().ifPresent(cookie -> words.addAll(List.of("-H", "Cookie: " + cookie)));
        words.add("http://127.0.0.1:" + proxy.port() + path);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        Matcher failed = FAILED.matcher(output);
        if (failed.find() && !harmless(failed.group(1))) {
            throw new MeasurementException(proxy.name() + " failed: " + failed.group(1));
        }
        return new Load(first(RATE, output, proxy), millis(output, proxy));
    }

    /** Proxies may close a kept connection after a number of requests; what is read then is no fault. */
    private static boolean harmless(String failure) {
        return failure.startsWith("Socket errors: connect 0, read ") && failure.endsWith("write 0, timeout 0");
    }

    private static double first(Pattern pattern, String output, Contender proxy) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new MeasurementException("The load on " + proxy.name() + " told nothing: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double millis(String output, Contender proxy) {
        Matcher matcher = P99.matcher(output);
        double value = first(P99, output, proxy);
        matcher.find();
        return switch (matcher.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }

    /** Whether it is installed. */
    static boolean isThere() {
        return Path.of("/usr/bin/wrk").toFile().canExecute();
    }
}
