package org.datalabs.core.catalogue;

import java.util.List;

/** What became of a manifest. */
public sealed interface ManifestResult {
    record Good(Datalab datalab) implements ManifestResult {}

    /** All mistakes that were found, in the order of the file; at least one. */
    record Bad(List<ManifestProblem> problems) implements ManifestResult {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
