package org.datalabs.backend.runtime.local;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.datalabs.core.catalogue.Home;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;

/**
 * What is known when a session's program has ended by itself.
 *
 * @param name the datalab's name
 * @param started whether its program ran at all
 * @param status exit status of the program; empty when the sandbox ended before it could be told
 * @param ranOutOfMemory whether the kernel ended a process of the session for want of memory
 * @param memoryBytes how much memory it had
 * @param lastLines the last lines of its output
 * @param complaint what the sandbox said, or empty
 */
record EndReport(
        String name,
        Home home,
        boolean started,
        OptionalInt status,
        boolean ranOutOfMemory,
        long memoryBytes,
        List<String> lastLines,
        String complaint) {
    private static final int SIGNALS = 128;
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int LONGEST_TAIL = 400;

    Problem problem() {
        if (ranOutOfMemory) {
            return Problem.of(
                    ProblemCode.OUT_OF_MEMORY,
                    "It used more than its " + size(memoryBytes) + " of memory and was stopped." + fate(),
                    "Run it again with more memory.");
        }
        if (!started) {
            return Problem.of(
                    ProblemCode.START_FAILED,
                    name + " could not be started." + tail(complaint.isEmpty() ? lastLines : List.of(complaint)),
                    "Try again. If it happens again, read the log.");
        }
        if (status.isEmpty()) {
            return Problem.of(ProblemCode.PROGRAM_ENDED, name + " was ended from outside." + fate(), "Run it again.");
        }
        return byStatus(status.getAsInt());
    }

    private Problem byStatus(int code) {
        if (code == 0) {
            return Problem.of(ProblemCode.PROGRAM_ENDED, name + " was closed from inside." + fate(), "Run it again.");
        }
        if (code == NOT_FOUND || code == NOT_EXECUTABLE) {
            return Problem.of(
                    ProblemCode.START_FAILED,
                    name + " could not be started." + tail(lastLines),
                    "Install it again, or ask its maintainer.");
        }
        if (code > SIGNALS) {
            return Problem.of(
                    ProblemCode.PROGRAM_ENDED,
                    name + " was ended by signal " + signal(code - SIGNALS) + "." + tail(lastLines) + fate(),
                    "Run it again.");
        }
        return Problem.of(
                ProblemCode.PROGRAM_ENDED,
                name + " ended by itself with status " + code + "." + tail(lastLines) + fate(),
                "Run it again.");
    }

    private String fate() {
        return " " + home.fate();
    }

    /** Names of the signals that end programs, by signal(7); the numbers are the same on all Linux machines we run on. */
    private static String signal(int number) {
        return switch (number) {
            case 1 -> "1 (hang-up)";
            case 2 -> "2 (interrupt)";
            case 4 -> "4 (illegal instruction)";
            case 6 -> "6 (abort)";
            case 7 -> "7 (bus error)";
            case 8 -> "8 (arithmetic error)";
            case 9 -> "9 (kill)";
            case 11 -> "11 (segmentation fault)";
            case 15 -> "15 (termination)";
            default -> Integer.toString(number);
        };
    }

    private static String tail(List<String> lines) {
        String text = String.join(" / ", lines);
        if (text.isBlank()) {
            return "";
        }
        String cut = text.length() > LONGEST_TAIL ? "... " + text.substring(text.length() - LONGEST_TAIL) : text;
        return " It said last: " + cut.strip() + (cut.strip().endsWith(".") ? "" : ".");
    }

    /** A size in the words of the launch wizard, such as 2 GB or 1.5 GB. */
    static String size(long bytes) {
        double gigabytes = (double) bytes / Resources.GB;
        if (gigabytes < 1) {
            return Math.round(gigabytes * 1024) + " MB";
        }
        return gigabytes == Math.rint(gigabytes)
                ? (long) gigabytes + " GB"
                : String.format(Locale.ROOT, "%.1f GB", gigabytes);
    }
}
