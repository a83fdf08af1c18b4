package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.core.catalogue.Resources;

/**
 * Control groups of version 1, a hierarchy per controller. Groups are made below the backend's own.
 *
 * @param bases the folder of each controller below which groups can be made
 */
record ControlGroupsV1(Map<String, Path> bases) implements ControlGroups {
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids");
    private static final long PERIOD_MICROS = 100_000;
    private static final int MICROS_PER_MILLICORE = (int) (PERIOD_MICROS / 1000);
    static final int MOST_PROCESSES = 4096;

    /**
     * Finds the hierarchies.
     *
     * @param mounts lines of {@code /proc/self/mounts}
     * @param own lines of {@code /proc/self/cgroup}
     */
    static Optional<ControlGroups> find(List<String> mounts, List<String> own) {
        Map<String, String> ownPaths = new HashMap<>();
        for (String line : own) {
            String[] fields = line.split(":", 3);
            for (String controller : fields[1].split(",")) {
                ownPaths.put(controller, fields[2]);
            }
        }
        Map<String, Path> bases = new LinkedHashMap<>();
        for (String line : mounts) {
            String[] fields = line.split(" ");
            if (!fields[2].equals("cgroup")) {
                continue;
            }
            List<String> options = List.of(fields[3].split(","));
            for (String controller : CONTROLLERS) {
                if (options.contains(controller)) {
                    base(Path.of(fields[1]), ownPaths.getOrDefault(controller, "/"))
                            .ifPresent(base -> bases.put(controller, base));
                }
            }
        }
        return bases.isEmpty() ? Optional.empty() : Optional.of(new ControlGroupsV1(bases));
    }

    private static Optional<Path> base(Path mount, String own) {
        // In a container the own path is often the host's and not to be found below the mount.
        Path below = mount.resolve(own.substring(1));
        Path base = Files.isDirectory(below) ? below : mount;
        return Optional.of(base).filter(Files::isWritable);
    }

    @Override
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (!bases.containsKey("memory")) {
            notices.add("Memory limits are not enforced on this computer: it grants no control group for memory.");
        }
        if (!bases.containsKey("cpu")) {
            notices.add("CPU limits are not enforced on this computer: it grants no control group for the CPU.");
        }
        return notices;
    }

    @Override
    public Optional<ControlGroup> create(String name, Resources limits) throws IOException {
        ControlGroup group = group(name);
        for (Path folder : group.folders()) {
            Files.createDirectories(folder);
        }
        if (bases.containsKey("memory")) {
            Path memory = folder("memory", name);
            write(memory.resolve("memory.limit_in_bytes"), limits.memoryBytes());
            Path withSwap = memory.resolve("memory.memsw.limit_in_bytes");
            if (Files.exists(withSwap)) {
                write(withSwap, limits.memoryBytes());
            }
        }
        if (bases.containsKey("cpu")) {
            Path cpu = folder("cpu", name);
            write(cpu.resolve("cpu.cfs_period_us"), PERIOD_MICROS);
            write(cpu.resolve("cpu.cfs_quota_us"), (long) limits.cpuMillis() * MICROS_PER_MILLICORE);
        }
        if (bases.containsKey("pids")) {
            write(folder("pids", name).resolve("pids.max"), MOST_PROCESSES);
        }
        return Optional.of(group);
    }

    @Override
    public List<Path> folders(String name) {
        return bases.keySet().stream()
                .map(controller -> folder(controller, name))
                .distinct()
                .toList();
    }

    private ControlGroup group(String name) {
        return new ControlGroup(
                folders(name), folders("cpuacct", name), folders("memory", name), ControlGroup.Layout.V1);
    }

    private List<Path> folders(String controller, String name) {
        return bases.containsKey(controller) ? List.of(folder(controller, name)) : List.of();
    }

    private Path folder(String controller, String name) {
        Path base = bases.get(controller);
        if (base == null) {
            throw new IllegalArgumentException("no hierarchy for " + controller);
        }
        return base.resolve(name);
    }

    private static void write(Path file, long value) throws IOException {
        Files.writeString(file, Long.toString(value));
    }
}
