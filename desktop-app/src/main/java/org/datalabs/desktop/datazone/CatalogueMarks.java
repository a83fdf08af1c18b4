package org.datalabs.desktop.datazone;

import org.datalabs.core.api.Marks;
import org.datalabs.core.catalogue.CatalogueEntry;

/** What a user's marks make of a catalogue entry. */
final class CatalogueMarks {
    private CatalogueMarks() {}

    static CatalogueEntry apply(CatalogueEntry entry, Marks marks) {
        boolean starred = marks.starred() == null ? entry.starred() : marks.starred();
        boolean bookmarked = marks.bookmarked() == null ? entry.bookmarked() : marks.bookmarked();
        int stars = entry.stars() + (starred ? 1 : 0) - (entry.starred() ? 1 : 0);
        return new CatalogueEntry(
                entry.datalab(), entry.availability(), Math.max(0, stars), entry.runs(), starred, bookmarked);
    }
}
