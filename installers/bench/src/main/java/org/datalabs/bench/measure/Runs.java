package org.datalabs.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of several runs of the same thing, in milliseconds unless said otherwise. */
public final class Runs {
    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public void addNanos(long nanos) {
        add(nanos / 1e6);
    }

    public double median() {
        return quantile(0.5);
    }

    /** The value below which this share of the runs lies, by interpolation. */
    public double quantile(double share) {
        if (values.isEmpty()) {
            throw new MeasurementException("There is not one run to tell of.");
        }
        List<Double> sorted = values.stream().sorted().toList();
        double at = share * (sorted.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }

    public int size() {
        return values.size();
    }

    /** Median with the spread of the middle half. */
    public String words(String unit) {
        return String.format(
                Locale.ROOT,
                "%.0f %s, %.0f to %.0f, %d runs",
                median(),
                unit,
                quantile(0.25),
                quantile(0.75),
                values.size());
    }
}
