package org.datalabs.backend.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.runtime.kubernetes.VolumeSource;
import org.datalabs.core.volume.MountRules;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Node;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;

/**
 * The volumes that an operator offers to every user of a cluster.
 *
 * @param volumes as users see them, in the order of the settings
 * @param sources where their content comes from
 */
record VolumeSettings(List<Volume> volumes, Map<VolumeId, VolumeSource> sources) {
    private static final int MOST = 1000;
    private static final List<String> FIELDS = List.of(
            "id",
            "name",
            "origin",
            "mission",
            "description",
            "licence",
            "readOnly",
            "usualPath",
            "samplePath",
            "source");
    private static final TextForm ID = TextForm.matching(
            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", 63, "Give up to 63 of a-z, 0-9 and dashes, with neither end a dash.");
    private static final TextForm WORDS = TextForm.line(200);
    private static final TextForm PATH = TextForm.checked(
            1024, MountRules::pathError, "Give an absolute folder outside the system's own, such as /data/planck.");
    private static final TextForm RELATIVE =
            TextForm.matching("(?!/)(?!.*\\.\\.).+", 1024, "Give a path below the volume, without a slash in front.");
    private static final String USUAL_ORIGIN = "Archive";

    VolumeSettings {
        volumes = List.copyOf(volumes);
        sources = Map.copyOf(sources);
    }

    static VolumeSettings read(Fields fields, NodeBinder binder, Problems problems) {
        List<Volume> volumes = new ArrayList<>();
        Map<VolumeId, VolumeSource> sources = new LinkedHashMap<>();
        fields.items("volumes", MOST, (node, path) -> {
            Fields own = Fields.of(node, path, problems, FIELDS);
            String id = own.text("id", ID);
            if (id.isEmpty()) {
                return false;
            }
            VolumeId key = new VolumeId(id);
            if (sources.containsKey(key)
                    || volumes.stream().anyMatch(volume -> volume.id().equals(key))) {
                own.problem("id", "Another volume has the id " + id + ".", "Give each volume an id of its own.");
            }
            Optional<Node> source = own.required("source", "Give one of nfs, claim, hostPath and csi.");
            source.flatMap(content -> binder.bind(content, own.field("source"), VolumeSource.class))
                    .ifPresent(known -> sources.put(key, known));
            return volumes.add(volume(key, own));
        });
        return new VolumeSettings(volumes, sources);
    }

    private static Volume volume(VolumeId id, Fields own) {
        String mission = own.textOrNull("mission", WORDS);
        return new Volume(
                id,
                own.text("name", WORDS),
                Volume.Source.ARCHIVE,
                own.text("origin", WORDS, mission == null ? USUAL_ORIGIN : mission),
                own.text("description", TextForm.line(500), ""),
                own.flag("readOnly", true),
                own.text("usualPath", PATH, "/data/" + id),
                null,
                null,
                mission,
                own.textOrNull("licence", WORDS),
                own.textOrNull("samplePath", RELATIVE),
                null,
                null,
                null);
    }
}
