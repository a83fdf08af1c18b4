package org.datalabs.core.catalogue.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.datalabs.core.catalogue.ManifestProblem;

/** The mistakes found in one manifest so far. */
final class Problems {
    /** A file with more is not a manifest with slips but something else. */
    private static final int MOST = 100;

    private final String file;
    private final List<ManifestProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node.Place at, String field, String what, String remedy) {
        if (found.size() < MOST) {
            found.add(new ManifestProblem(file, at.line(), at.column(), field, what, remedy));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    List<ManifestProblem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(ManifestProblem::line).thenComparingInt(ManifestProblem::column))
                .toList();
    }
}
