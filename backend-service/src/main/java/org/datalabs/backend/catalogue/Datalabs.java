package org.datalabs.backend.catalogue;

import java.util.Optional;
import org.datalabs.core.catalogue.Datalab;
import org.datalabs.core.catalogue.DatalabId;

/** The datalabs that can be launched. Thread-safe; may wait for the catalogue's first reading. */
public interface Datalabs {
    Optional<Datalab> find(DatalabId id);
}
