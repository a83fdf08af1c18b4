package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.datalabs.core.catalogue.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Control groups of version 2, one hierarchy. A group that holds processes cannot hand controllers on to groups below
 * it, so sessions are made beside the backend's own: below its nearest ancestor that may be written and hands on the
 * memory controller. That is what systemd delegates to every user (systemd.resource-control(5), {@code Delegate}).
 *
 * @param base the folder below which groups can be made
 * @param controllers what it hands on
 */
record ControlGroupsV2(Path base, List<String> controllers) implements ControlGroups {
    private static final long PERIOD_MICROS = 100_000;
    private static final int MICROS_PER_MILLICORE = (int) (PERIOD_MICROS / 1000);

    /**
     * Finds the place for groups.
     *
     * @param mounts lines of {@code /proc/self/mounts}
     * @param own lines of {@code /proc/self/cgroup}
     */
    static Optional<ControlGroups> find(List<String> mounts, List<String> own) throws IOException {
        Optional<Path> mount = mounts.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[2].equals("cgroup2"))
                .map(fields -> Path.of(fields[1]))
                .findFirst();
        Optional<String> path = own.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring(4))
                .findFirst();
        if (mount.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        Path root = mount.get();
        @Nullable Path folder = root.resolve(path.get());
        while (folder != null && folder.startsWith(root)) {
            Path handedOn = folder.resolve("cgroup.subtree_control");
            if (Files.isReadable(handedOn) && Files.isWritable(folder.resolve("cgroup.procs"))) {
                List<String> controllers =
                        List.of(Files.readString(handedOn).strip().split(" "));
                if (controllers.contains("memory")) {
                    return Optional.of(new ControlGroupsV2(folder, controllers));
                }
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    @Override
    public List<String> notices() {
        return controllers.contains("cpu")
                ? List.of()
                : List.of("CPU limits are not enforced on this computer: it grants no control group for the CPU.");
    }

    @Override
    public Optional<ControlGroup> create(String name, Resources limits) throws IOException {
        Path folder = Files.createDirectories(base.resolve(name));
        Files.writeString(folder.resolve("memory.max"), Long.toString(limits.memoryBytes()));
        if (Files.exists(folder.resolve("memory.swap.max"))) {
            Files.writeString(folder.resolve("memory.swap.max"), "0");
        }
        if (controllers.contains("cpu")) {
            Files.writeString(
                    folder.resolve("cpu.max"), (long) limits.cpuMillis() * MICROS_PER_MILLICORE + " " + PERIOD_MICROS);
        }
        if (controllers.contains("pids")) {
            Files.writeString(folder.resolve("pids.max"), Integer.toString(ControlGroupsV1.MOST_PROCESSES));
        }
        List<Path> folders = folders(name);
        return Optional.of(new ControlGroup(folders, folders, folders, ControlGroup.Layout.V2));
    }

    @Override
    public List<Path> folders(String name) {
        return List.of(base.resolve(name));
    }
}
