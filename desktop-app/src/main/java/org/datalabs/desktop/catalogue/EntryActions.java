package org.datalabs.desktop.catalogue;

import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.session.SessionId;

/** What can be done with an entry wherever it is shown. */
interface EntryActions {
    void open(CatalogueEntry entry);

    void run(CatalogueEntry entry);

    void openSession(SessionId session);

    void toggleStar(CatalogueEntry entry);

    void toggleBookmark(CatalogueEntry entry);
}
