package org.datalabs.core.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found in one file so far. */
public final class Problems {
    /** A file with more is not one with slips but something else. */
    private static final int MOST = 100;

    private final String file;
    private final List<Mistake> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(Node.Place at, String field, String what, String remedy) {
        if (found.size() < MOST) {
            found.add(new Mistake(file, at.line(), at.column(), field, what, remedy));
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<Mistake> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
                .toList();
    }
}
