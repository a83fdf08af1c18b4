package org.datalabs.backend.catalogue;

import java.io.IOException;
import java.util.List;

/** A place that holds manifests. Thread-safe; blocks. */
interface ManifestSource {

    /** Changes whenever a manifest may have changed; cheap. */
    String fingerprint() throws IOException;

    /** All manifests, in no order. */
    List<Text> read() throws IOException;

    /**
     * A manifest as written.
     *
     * @param file its name for messages
     */
    record Text(String file, String text) {}
}
