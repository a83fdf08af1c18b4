package org.datalabs.core.client;

import java.util.List;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.jspecify.annotations.Nullable;

/**
 * A whole catalogue.
 *
 * @param revision revision of all its pages
 * @param etag validator to ask with next time (RFC 9110, section 8.8.3), or null when the datazone gave none
 * @param entries ordered by datalab id
 */
public record CatalogueDownload(String revision, @Nullable String etag, List<CatalogueEntry> entries) {
    public CatalogueDownload {
        entries = List.copyOf(entries);
    }
}
