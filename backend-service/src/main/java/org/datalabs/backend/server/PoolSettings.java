package org.datalabs.backend.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datalabs.backend.pool.PoolSetting;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.yaml.Fields;
import org.datalabs.core.yaml.Problems;
import org.datalabs.core.yaml.TextForm;

/** Reads which sessions are to be kept ready. Whether there are such datalabs only the catalogue tells, later. */
final class PoolSettings {
    private static final int MOST = 100;
    private static final List<String> FIELDS = List.of("datalab", "version", "preset", "ready");
    private static final TextForm DATALAB =
            TextForm.matching("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", 63, "Give the id of a datalab, such as esasky.");
    private static final TextForm NAME = TextForm.line(63);

    private PoolSettings() {}

    static List<PoolSetting> read(Fields fields, Path file, Problems problems) {
        return fields.items("warmPools", MOST, (node, path) -> {
            Fields own = Fields.of(node, path, problems, FIELDS);
            Map<String, String> places = new HashMap<>();
            FIELDS.forEach(name -> places.put(name, file + ":" + own.at(name).line() + " " + own.field(name)));
            own.required("ready", "Give how many sessions are kept ready.");
            String datalab = own.text("datalab", DATALAB);
            return new PoolSetting(
                    // A text with a mistake is the empty one, and its setting never used.
                    new DatalabId(datalab.isEmpty() ? "none" : datalab),
                    own.textOrNull("version", NAME),
                    own.textOrNull("preset", NAME),
                    own.integer("ready", 1, PoolSetting.MOST_READY, 1),
                    places);
        });
    }
}
