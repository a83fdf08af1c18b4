package org.datalabs.bench.plane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.datalabs.bench.measure.Child;

/**
 * A proxy that runs.
 *
 * @param name what the figures call it
 * @param child its process
 * @param port where it listens on the loopback interface
 * @param cookie what its clients must send, if anything
 */
record Contender(String name, Child child, int port, Optional<String> cookie) {
    private static final double TICKS_PER_SECOND = 100;

    /** What the process and those below it have computed so far, in seconds; those that have ended count, too. */
    double cpuSeconds() {
        return Stream.concat(Stream.of(child.handle()), child.handle().descendants())
                .mapToDouble(Contender::cpuSeconds)
                .sum();
    }

    /** Of proc_pid_stat(5): time in programs and in the kernel, its own and that of children that were waited for. */
    private static double cpuSeconds(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Stream.of(fields)
                            .skip(11)
                            .limit(4)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }
}
