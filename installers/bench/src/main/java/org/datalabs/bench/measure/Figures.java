package org.datalabs.bench.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints each figure as it is reached, and all of them again at the end. */
public final class Figures {
    private final PrintStream out;
    private final List<String> verdicts = new ArrayList<>();

    public Figures(PrintStream out) {
        this.out = out;
    }

    /** Says what is measured now. */
    public void title(String text) {
        out.println();
        out.println(text);
    }

    /** Something worth knowing that has no target. */
    public void note(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    /**
     * A figure that may be at most {@code target}.
     *
     * @param detail what it was made of
     */
    public void atMost(String name, double value, double target, String unit, String detail) {
        verdict(name, value, "at most", target, unit, value <= target, detail);
    }

    /** A figure that must be at least {@code target}. */
    public void atLeast(String name, double value, double target, String unit, String detail) {
        verdict(name, value, "at least", target, unit, value >= target, detail);
    }

    private void verdict(
            String name, double value, String relation, double target, String unit, boolean met, String detail) {
        String line = String.format(
                Locale.ROOT,
                "%-58s %8s %-6s %s %s: %s   (%s)",
                name,
                number(value),
                unit,
                relation,
                number(target),
                met ? "met" : "MISSED",
                detail);
        verdicts.add(line);
        out.println("  " + line);
    }

    /** Something that could not be measured. */
    public void failure(String name, String why) {
        String line = String.format(Locale.ROOT, "%-58s NOT MEASURED: %s", name, why);
        verdicts.add(line);
        out.println("  " + line);
    }

    /** Prints all figures once more, together. */
    public void summary() {
        out.println();
        out.println("All figures");
        verdicts.forEach(line -> out.println("  " + line));
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }
}
