package org.datalabs.tour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the machine's own programs, each bounded in time. */
final class Commands {
    private static final List<String> BOUNDED = List.of("timeout", "--kill-after=5", "20");

    private Commands() {}

    /**
     * What a program said and how it ended.
     *
     * @param status its exit status; 124 when it did not end in time
     * @param output its standard output and error
     */
    record Outcome(int status, String output) {}

    static Outcome run(List<String> command) {
        List<String> bounded = new ArrayList<>(BOUNDED);
        bounded.addAll(command);
        try {
            Process process =
                    new ProcessBuilder(bounded).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException failure) {
            throw new TourFailure(command.get(0) + " cannot be run", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TourFailure("the tour was interrupted", interrupted);
        }
    }

    /** The output of a program that must succeed. */
    static String output(List<String> command) {
        Outcome outcome = run(command);
        if (outcome.status() != 0) {
            throw new TourFailure(
                    String.join(" ", command) + " ended with " + outcome.status() + ": " + outcome.output());
        }
        return outcome.output();
    }
}
