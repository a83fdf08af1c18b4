package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.util.List;
import org.datalabs.core.catalogue.ManifestProblem;

/** A place that holds manifests. Thread-safe; blocks. */
interface ManifestSource {

    /** Changes whenever a manifest may have changed; cheap. */
    String fingerprint() throws IOException;

    /** All manifests, in no order; one that cannot be read does not keep the others away. */
    Reading read() throws IOException;

    /**
     * What a source holds.
     *
     * @param texts the manifests that could be read
     * @param problems why the others could not
     */
    record Reading(List<Text> texts, List<ManifestProblem> problems) {
        static final Reading NOTHING = new Reading(List.of(), List.of());
    }

    /**
     * A manifest as written.
     *
     * @param file its name for messages
     */
    record Text(String file, String text) {}
}
