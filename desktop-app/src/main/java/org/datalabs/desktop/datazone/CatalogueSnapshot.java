package org.datalabs.desktop.datazone;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.datalabs.core.catalogue.CatalogueEntry;
import org.datalabs.core.catalogue.DatalabId;

/**
 * The catalogue of a datazone as last read.
 *
 * @param revision revision told by the datazone; empty when nothing was read yet
 * @param readAt when it was read from the datazone
 * @param byId the entries
 */
public record CatalogueSnapshot(String revision, Instant readAt, Map<DatalabId, CatalogueEntry> byId) {
    public static final CatalogueSnapshot NONE = new CatalogueSnapshot("", Instant.EPOCH, Map.of());

    public static CatalogueSnapshot of(String revision, Instant readAt, List<CatalogueEntry> entries) {
        return new CatalogueSnapshot(
                revision,
                readAt,
                entries.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                entry -> entry.datalab().id(), Function.identity())));
    }

    public boolean isNone() {
        return revision.isEmpty();
    }

    public Optional<CatalogueEntry> find(DatalabId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
