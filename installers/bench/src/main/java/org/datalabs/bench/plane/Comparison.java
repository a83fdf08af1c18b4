package org.datalabs.bench.plane;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datalabs.bench.measure.MeasurementException;
import org.datalabs.bench.measure.Runs;
import org.datalabs.bench.measure.Setup;

/** One kind of work done by several proxies in turns; the first of them is judged by the others. */
final class Comparison {
    private static final int FEWEST_TO_WARM_UP = 3;
    private static final int MOST_TO_WARM_UP = 12;

    /** What a turn's CPU must fall below of the turn's before, for a program to be compiling itself still. */
    private static final double STILL_WARMING = 0.97;

    private final Setup setup;
    private final List<Contender> proxies;
    private final String work;
    private final Map<String, Results> results = new LinkedHashMap<>();

    Comparison(Setup setup, List<Contender> proxies, String work) {
        this.setup = setup;
        this.proxies = proxies;
        this.work = work;
    }

    /**
     * What one run of one proxy gave.
     *
     * @param perSecond units of work
     * @param p99Millis time of the slow ones, 0 where there is none
     */
    record Sample(double perSecond, double p99Millis) {}

    /** Has a proxy do the work for a moment. */
    interface Load {
        Sample on(Contender proxy) throws IOException, InterruptedException;
    }

    private record Results(Runs rate, Runs cpu, Runs p99) {}

    private record Turn(Sample sample, double cpuMicros) {}

    private static Turn turn(Contender proxy, Load load) throws IOException, InterruptedException {
        double before = proxy.cpuSeconds();
        long start = System.nanoTime();
        Sample sample = load.on(proxy);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Turn(sample, (proxy.cpuSeconds() - before) * 1e6 / (sample.perSecond() * seconds));
    }

    /** Takes turns that do not count as long as a proxy still gets better at it, and then as many as are wanted. */
    void run(Load load) throws IOException, InterruptedException {
        for (Contender proxy : proxies) {
            warmUp(proxy, load);
            results.put(proxy.name(), new Results(new Runs(), new Runs(), new Runs()));
        }
        for (int round = 0; round < setup.rounds(); round++) {
            for (Contender proxy : proxies) {
                Turn turn = turn(proxy, load);
                Results of = of(proxy.name());
                of.rate().add(turn.sample().perSecond());
                of.cpu().add(turn.cpuMicros());
                of.p99().add(turn.sample().p99Millis());
            }
        }
        results.forEach((name, of) -> setup.figures()
                .note(
                        "%s: %-24s %10.1f/s  CPU %8.1f us each  p99 %7.2f ms  (rate from %.1f to %.1f)",
                        work,
                        name,
                        of.rate().median(),
                        of.cpu().median(),
                        of.p99().median(),
                        of.rate().quantile(0.25),
                        of.rate().quantile(0.75)));
    }

    private static void warmUp(Contender proxy, Load load) throws IOException, InterruptedException {
        double before = Double.MAX_VALUE;
        for (int done = 1; done <= MOST_TO_WARM_UP; done++) {
            double cpu = turn(proxy, load).cpuMicros();
            if (done >= FEWEST_TO_WARM_UP && cpu > before * STILL_WARMING) {
                return;
            }
            before = cpu;
        }
    }

    void rateAtLeast(String other, double target) {
        double mine = mine().rate().median();
        double theirs = of(other).rate().median();
        setup.figures().atLeast(work + ": rate against " + other, mine / theirs, target, "", words(mine, theirs, "/s"));
    }

    void cpuAtMost(String other, double target) {
        double mine = mine().cpu().median();
        double theirs = of(other).cpu().median();
        setup.figures()
                .atMost(work + ": CPU each against " + other, mine / theirs, target, "", words(mine, theirs, "us"));
    }

    void p99AtMost(String other, double target) {
        double mine = mine().p99().median();
        double theirs = of(other).p99().median();
        setup.figures().atMost(work + ": p99 against " + other, mine / theirs, target, "", words(mine, theirs, "ms"));
    }

    private Results mine() {
        return of(proxies.get(0).name());
    }

    private Results of(String name) {
        Results found = results.get(name);
        if (found == null) {
            throw new MeasurementException("There are no results of " + name + ".");
        }
        return found;
    }

    private static String words(double mine, double theirs, String unit) {
        return String.format(Locale.ROOT, "%.2f %s, %.2f %s", mine, unit, theirs, unit);
    }
}
