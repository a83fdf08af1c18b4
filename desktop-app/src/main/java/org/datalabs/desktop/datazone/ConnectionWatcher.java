package org.datalabs.desktop.datazone;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Me;
import org.datalabs.core.client.DatazoneClient;
import org.datalabs.core.session.Session;
import org.datalabs.core.volume.Volume;

/** Hears what a {@link DatazoneLink} learns, on the link's thread, in order. */
interface ConnectionWatcher {

    void onConnection(Connection connection);

    /** {@code client} speaks to the datazone from now on, until the next one. */
    void onClient(DatazoneClient client);

    /** Begins to read the catalogue when it has changed; the result completes when it is known, or fails. */
    CompletableFuture<?> readCatalogue(DatazoneClient client);

    void onRead(FirstRead read);

    void onVolumes(List<Volume> volumes);

    void onInfo(DatazoneInfo info);

    void onEvent(DatazoneEvent event);

    /** All that events then change. */
    record FirstRead(DatazoneInfo info, Me me, List<Session> sessions, List<Volume> volumes) {}
}
