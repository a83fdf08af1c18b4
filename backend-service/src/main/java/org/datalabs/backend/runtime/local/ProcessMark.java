package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that is told from a later one with the same number by its start.
 *
 * @param pid process id
 * @param started clock ticks between the system's boot and the process's start, field 22 of {@code /proc/PID/stat}
 *     (proc(5))
 * @param boot id of that boot
 */
record ProcessMark(long pid, long started, String boot) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18}) ([0-9a-f-]{36})");

    /** Counted from the state, the first field after the name, which may itself hold spaces and brackets. */
    private static final int STARTED_AFTER_NAME = 19;

    /** The process as it runs now; empty when there is none. */
    static Optional<ProcessMark> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return "Z".equals(fields[0])
                    ? Optional.empty()
                    : Optional.of(new ProcessMark(pid, Long.parseLong(fields[STARTED_AFTER_NAME]), bootId()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<ProcessMark> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new ProcessMark(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    String line() {
        return pid + " " + started + " " + boot;
    }

    boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Ends the process at once, if it is still the same. */
    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
