package org.datalabs.core.catalogue.manifest;

import java.util.ArrayList;
import java.util.List;
import org.datalabs.core.catalogue.DeclaredVolume;
import org.datalabs.core.catalogue.DeclaredVolume.Importance;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.SessionPath;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Problems;

/** Reads the volumes that a datalab wants. */
final class VolumeReader {
    private static final VolumeId NOWHERE = new VolumeId("none");

    private final Problems problems;

    VolumeReader(Problems problems) {
        this.problems = problems;
    }

    List<DeclaredVolume> volumes(Fields fields) {
        List<DeclaredVolume> earlier = new ArrayList<>();
        fields.items("volumes", MountRules.MOST_MOUNTS, (node, path) -> earlier.add(volume(node, path, earlier)));
        return earlier;
    }

    private DeclaredVolume volume(Node node, String path, List<DeclaredVolume> earlier) {
        Fields own = Fields.of(node, path, problems, List.of("volume", "path", "importance", "readOnly"));
        String id = own.text("volume", Forms.DNS_LABEL);
        String folder = own.text("path", Forms.MOUNT_PATH);
        for (DeclaredVolume other : earlier) {
            if (!folder.isEmpty() && !other.path().isEmpty() && SessionPath.overlap(folder, other.path())) {
                own.problem(
                        "path",
                        other.volume() + " already uses " + other.path() + ".",
                        "Give each volume a folder of its own, none inside another.");
            }
            if (other.volume().value().equals(id)) {
                own.problem("volume", id + " is given twice.", "Keep one of the two.");
            }
        }
        return new DeclaredVolume(
                VolumeId.isValid(id) ? new VolumeId(id) : NOWHERE,
                folder,
                own.word("importance", Words.all(Importance.class), Importance.SUGGESTED),
                own.flag("readOnly", true));
    }
}
