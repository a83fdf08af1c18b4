package org.datalabs.desktop.catalogue;

import org.datalabs.core.catalogue.Availability;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.i18n.Texts;

/**
 * Whether a datalab can be run now.
 *
 * @param possible whether it can
 * @param brief why not in a few words, for a card
 * @param reason why not and what would help, sentences
 */
record Runnability(boolean possible, String brief, String reason) {
    private static final Runnability YES = new Runnability(true, "", "");

    static Runnability of(CatalogueEntry entry, Datazone datazone, Texts texts) {
        if (!(datazone.connectionProperty().get() instanceof Connection.Online)) {
            return new Runnability(false, texts.get("run.offline.brief"), texts.get("run.offline", datazone.name()));
        }
        Availability availability = entry.availability();
        if (availability.available()) {
            return YES;
        }
        String reason = availability.remedy().isEmpty()
                ? availability.reason()
                : texts.get("run.reason", availability.reason(), availability.remedy());
        return new Runnability(false, texts.get("run.unavailable.brief"), reason);
    }
}
