package org.datalabs.desktop.catalogue;

import java.util.concurrent.CompletableFuture;
import org.datalabs.core.api.Marks;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.desktop.control.ToastHost;
import org.datalabs.desktop.control.Tone;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.problem.Problems;

/** Gives and takes stars and bookmarks; says so when the datazone does not take them. */
final class Marker {
    private final Datazones datazones;
    private final ToastHost toasts;

    Marker(Datazones datazones, ToastHost toasts) {
        this.datazones = datazones;
        this.toasts = toasts;
    }

    void toggleStar(CatalogueEntry entry) {
        mark(entry, new Marks(!entry.starred(), null));
    }

    void toggleBookmark(CatalogueEntry entry) {
        mark(entry, new Marks(null, !entry.bookmarked()));
    }

    private void mark(CatalogueEntry entry, Marks marks) {
        Datazone datazone = datazones.currentProperty().get();
        CompletableFuture<?> unused = datazone.mark(entry.datalab().id(), marks).whenComplete((done, thrown) -> {
            if (thrown != null && !Problems.isCancellation(thrown)) {
                toasts.show(
                        new ToastHost.Toast(Tone.WARNING, Problems.of(thrown).text(), null));
            }
        });
    }
}
