package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders in which the kernel keeps one session's counters, one per hierarchy (version 1) or one in all (version 2).
 *
 * @param folders every folder of the group
 * @param cpu file with the CPU time used, or none
 * @param memory folder with the memory's counters, or none
 * @param layout how the files are named and written
 */
record ControlGroup(Collection<Path> folders, List<Path> cpu, List<Path> memory, Layout layout) {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
    private static final int REMOVE_ATTEMPTS = 200;
    private static final long REMOVE_PAUSE_MILLIS = 10;

    /** How a version of control groups names its files. */
    enum Layout {
        V1("cpuacct.usage", "", 1, "memory.usage_in_bytes", "total_inactive_file", "memory.oom_control"),
        V2("cpu.stat", "usage_usec", 1000, "memory.current", "inactive_file", "memory.events");

        private final String cpuFile;
        private final String cpuKey;
        private final long cpuUnitNanos;
        private final String memoryFile;
        private final String cacheKey;
        private final String killsFile;

        Layout(String cpuFile, String cpuKey, long cpuUnitNanos, String memoryFile, String cacheKey, String killsFile) {
            this.cpuFile = cpuFile;
            this.cpuKey = cpuKey;
            this.cpuUnitNanos = cpuUnitNanos;
            this.memoryFile = memoryFile;
            this.cacheKey = cacheKey;
            this.killsFile = killsFile;
        }
    }

    /** A process joins by writing its number to each. */
    List<Path> joinFiles() {
        return folders.stream().map(folder -> folder.resolve("cgroup.procs")).toList();
    }

    /** CPU time of all processes since the group was made, in nanoseconds. */
    OptionalLong cpuNanos() {
        OptionalLong value = first(cpu, layout.cpuFile, layout.cpuKey);
        return value.isPresent() ? OptionalLong.of(value.getAsLong() * layout.cpuUnitNanos) : value;
    }

    /** Memory in use without file pages that the kernel can drop at once, in bytes. */
    OptionalLong memoryBytes() {
        OptionalLong used = first(memory, layout.memoryFile, "");
        if (used.isEmpty()) {
            return used;
        }
        long cache = first(memory, "memory.stat", layout.cacheKey).orElse(0);
        return OptionalLong.of(Math.max(0, used.getAsLong() - cache));
    }

    /** How many processes the kernel has ended for want of memory. */
    long memoryKills() {
        return first(memory, layout.killsFile, "oom_kill").orElse(0);
    }

    /** Ends everything in the group of these folders at once and removes it. */
    static void remove(Collection<Path> folders) throws IOException {
        for (Path folder : folders) {
            kill(folder);
        }
        for (Path folder : folders) {
            remove(folder);
        }
    }

    private static void kill(Path folder) {
        try {
            for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            LOG.debug("{} is gone, and its processes with it", folder, e);
        }
    }

    /** Its processes have ended, though the kernel may still be putting them away. */
    private static void remove(Path folder) throws IOException {
        IOException last = new DirectoryNotEmptyException(folder.toString());
        for (int attempt = 0; attempt < REMOVE_ATTEMPTS; attempt++) {
            try {
                Files.delete(folder);
                return;
            } catch (NoSuchFileException e) {
                return;
            } catch (IOException e) {
                last = e;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REMOVE_PAUSE_MILLIS));
            }
        }
        throw last;
    }

    private static OptionalLong first(List<Path> folders, String file, String key) {
        for (Path folder : folders) {
            try {
                for (String line : Files.readAllLines(folder.resolve(file))) {
                    String[] words = line.strip().split(" ");
                    String value = key.isEmpty() ? words[0] : words[0].equals(key) && words.length > 1 ? words[1] : "";
                    if (!value.isEmpty()) {
                        return OptionalLong.of(Long.parseLong(value));
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // The group is being removed: nothing to count any more.
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
