package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.jspecify.annotations.Nullable;

/**
 * Turns counters into samples: from the control group where there is one, else from {@code /proc} of the sandbox's
 * processes (proc(5)). Not thread-safe.
 */
final class UsageMeter {
    /** {@code USER_HZ} is 100 on all Linux machines we run on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int PAGE_BYTES = 4096;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int MILLICORES = 1000;

    private @Nullable Instant last;
    private long lastCpu;
    private final Map<Long, Long> ticksByProcess = new HashMap<>();
    private long ticks;

    Optional<UsageSample> sample(
            SessionId session, Instant now, OptionalLong cpu, OptionalLong memory, @Nullable ProcessMark first) {
        long cpuNanos;
        long memoryBytes;
        if (cpu.isPresent() && memory.isPresent()) {
            cpuNanos = cpu.getAsLong();
            memoryBytes = memory.getAsLong();
        } else if (first != null) {
            memoryBytes = memory.orElse(addProcesses(first));
            cpuNanos = cpu.orElse(ticks * NANOS_PER_TICK);
        } else {
            return Optional.empty();
        }
        Instant before = last;
        long used = cpuNanos - lastCpu;
        last = now;
        lastCpu = cpuNanos;
        long elapsed = before == null ? 0 : Duration.between(before, now).toNanos();
        int millis = elapsed <= 0 ? 0 : (int) Math.max(0, used * MILLICORES / elapsed);
        return Optional.of(new UsageSample(session, now, millis, memoryBytes));
    }

    /** Adds up what the processes used since the last call. Returns their resident memory. */
    private long addProcesses(ProcessMark first) {
        Optional<ProcessHandle> root = ProcessHandle.of(first.pid());
        if (root.isEmpty()) {
            return 0;
        }
        long resident = 0;
        Map<Long, Long> seen = new HashMap<>();
        try (Stream<ProcessHandle> all = Stream.concat(root.stream(), root.get().descendants())) {
            for (ProcessHandle process : all.toList()) {
                resident += addProcess(process.pid(), seen);
            }
        }
        ticksByProcess.clear();
        ticksByProcess.putAll(seen);
        return resident;
    }

    private long addProcess(long pid, Map<Long, Long> seen) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long own = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            ticks += Math.max(0, own - ticksByProcess.getOrDefault(pid, 0L));
            seen.put(pid, own);
            String[] pages =
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
            return Long.parseLong(pages[1]) * PAGE_BYTES;
        } catch (IOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
