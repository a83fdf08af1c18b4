package org.datalabs.core.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;

/**
 * News of a datazone, sent as the data of a server-sent event (WHATWG HTML, section 9.2) whose {@code event} field is
 * the {@code type}. Kept events carry an {@code id} and are repeated after a reconnect with {@code Last-Event-ID};
 * {@link Usage} carries none and is not.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DatazoneEvent.SessionChanged.class, name = "session"),
    @JsonSubTypes.Type(value = DatazoneEvent.SessionRemoved.class, name = "session-removed"),
    @JsonSubTypes.Type(value = DatazoneEvent.QuotaChanged.class, name = "quota"),
    @JsonSubTypes.Type(value = DatazoneEvent.CatalogueChanged.class, name = "catalogue"),
    @JsonSubTypes.Type(value = DatazoneEvent.VolumesChanged.class, name = "volumes"),
    @JsonSubTypes.Type(value = DatazoneEvent.Usage.class, name = "usage"),
    @JsonSubTypes.Type(value = DatazoneEvent.Resync.class, name = "resync")
})
public sealed interface DatazoneEvent {
    record SessionChanged(Session session) implements DatazoneEvent {}

    record SessionRemoved(SessionId session) implements DatazoneEvent {}

    record QuotaChanged(QuotaUse quota) implements DatazoneEvent {}

    record CatalogueChanged(String revision) implements DatazoneEvent {}

    record VolumesChanged() implements DatazoneEvent {}

    record Usage(List<UsageSample> samples) implements DatazoneEvent {}

    /** Events since the client's last are no longer kept, or this is its first connection: read everything anew. */
    record Resync() implements DatazoneEvent {}
}
