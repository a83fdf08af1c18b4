package org.datalabs.bench.search;

import java.io.IOException;
import java.time.Duration;
import org.datalabs.bench.measure.Child;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.PrivateDisplay;
import org.datalabs.bench.measure.Scratch;
import org.datalabs.bench.measure.Setup;

/** The search per keystroke at two sizes, and the cards made while the grid is scrolled, in JVMs with the app's options. */
public final class SearchAndScroll {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double MOST_TIMES_IN_SIGHT = 2;

    private final Setup setup;

    public SearchAndScroll(Setup setup) {
        this.setup = setup;
    }

    public void run() throws IOException {
        try (Scratch scratch = new Scratch()) {
            keystrokes(scratch, 10_000, 5);
            keystrokes(scratch, 100_000, 30);
            scroll(scratch, 100_000);
        }
    }

    private void keystrokes(Scratch scratch, int size, double mostMillis) {
        ProcessBuilder builder = new ProcessBuilder(setup.withAppOptions(SearchBench.class, String.valueOf(size)));
        try (Child child = Child.start(builder, scratch.path().resolve("search.log"))) {
            for (String filters : new String[] {"no filters", "two filters"}) {
                String[] times = child.await("keystroke ", PATIENCE).split(" ");
                setup.figures()
                        .atMost(
                                String.format("search: slowest keystroke at %,d, %s", size, filters),
                                Double.parseDouble(times[0]),
                                mostMillis,
                                "ms",
                                "the slowest of all keystrokes by its median of 8; all: median " + times[1]
                                        + " ms, p99 " + times[2] + " ms");
            }
        }
    }

    private void scroll(Scratch scratch, int size) {
        try (PrivateDisplay display = new PrivateDisplay(scratch.path(), "1440x900");
                Child child = Child.start(
                        display.on(new ProcessBuilder(setup.withAppOptions(ScrollBench.class, String.valueOf(size)))),
                        scratch.path().resolve("scroll.log"))) {
            String[] words = child.await("cards ", PATIENCE).split(" ");
            int made = Integer.parseInt(words[0]);
            int inSight = Integer.parseInt(words[1]);
            Figures figures = setup.figures();
            figures.atMost(
                    String.format("search: cards made while scrolling %,d", size),
                    made,
                    MOST_TIMES_IN_SIGHT * inSight,
                    "cards",
                    "in sight " + inSight + "; " + words[3] + " rows, looked at in " + words[2]
                            + " places between top and bottom");
        }
    }
}
