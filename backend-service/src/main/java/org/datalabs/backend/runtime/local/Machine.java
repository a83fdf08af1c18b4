package org.datalabs.backend.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datalabs.backend.runtime.RuntimeDescription;
import org.datalabs.core.catalogue.Resources;

/** What this computer has. */
final class Machine {
    private static final int MILLICORES = 1000;
    private static final int KIBIBYTE = 1024;

    private Machine() {}

    static ControlGroups controlGroups() throws IOException {
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
        List<String> own = Files.readAllLines(Path.of("/proc/self/cgroup"));
        Optional<ControlGroups> second = ControlGroupsV2.find(mounts, own);
        return second.or(() -> ControlGroupsV1.find(mounts, own)).orElseGet(ControlGroups.None::new);
    }

    static RuntimeDescription describe(Tools tools, ControlGroups groups, int ownUid) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        long memory = memoryBytes();
        List<String> notices = new ArrayList<>();
        if (!tools.refusal().isEmpty()) {
            notices.add(LocalAvailability.NO_SANDBOX + " " + LocalAvailability.remedy(tools));
        } else {
            if (!tools.privateNetworks()) {
                notices.add("Datalabs share the network of this computer, its own servers included: "
                        + tools.sharedNetwork() + ".");
            }
            notices.addAll(groups.notices());
            if (ownUid == 0) {
                notices.add("Datalabs runs as root here, and its programs as user ids of their own: a folder that they"
                        + " write to must let them.");
            }
        }
        String sandbox = tools.bubblewrap().isEmpty() ? "no sandbox" : "bubblewrap " + tools.version();
        return new RuntimeDescription(
                "local",
                sandbox + ", " + cores + (cores == 1 ? " core, " : " cores, ") + EndReport.size(memory),
                new Resources(cores * MILLICORES, memory, 0),
                notices);
    }

    private static long memoryBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
            }
        }
        return 0;
    }
}
