package org.datalabs.desktop.datazone;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ObservableList;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.api.Marks;
import org.datalabs.core.api.Me;
import org.datalabs.core.api.SessionChange;
import org.datalabs.core.catalogue.CatalogueQuery;
import org.datalabs.core.catalogue.CatalogueResult;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.Capacity;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.LogPage;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.UsageSample;
import org.datalabs.core.volume.NewVolume;
import org.datalabs.core.volume.Volume;
import org.datalabs.core.volume.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * One datazone: its live state and the commands that can be given to it.
 *
 * <p>State is read and observed on the JavaFX thread. Futures complete on the JavaFX thread; they fail with
 * {@link org.datalabs.core.problem.ProblemException} only. Commands given while offline fail at once; nothing is queued.
 */
public interface Datazone {

    /** Stable key in the settings; {@code local} for "This computer". */
    String key();

    /** The name to show. */
    String name();

    /** Whether this is the embedded datazone on this machine. */
    boolean isLocal();

    /** Address of its API, or null while the embedded service has not told its port. */
    @Nullable
    URI address();

    ReadOnlyObjectProperty<Connection> connectionProperty();

    /** Null until first read. */
    ReadOnlyObjectProperty<@Nullable DatazoneInfo> infoProperty();

    /** Null until first read; its quota is kept up to date by events. */
    ReadOnlyObjectProperty<@Nullable Me> meProperty();

    /** The last catalogue, at once from the disk when offline; {@link CatalogueSnapshot#NONE} before the first ever. */
    ReadOnlyObjectProperty<CatalogueSnapshot> catalogueProperty();

    /** Sessions that have not been destroyed, newest first, unmodifiable. */
    ObservableList<Session> sessions();

    /** Volumes that can be mounted, by name, unmodifiable. */
    ObservableList<Volume> volumes();

    /** The last samples of a session, oldest first, at most 120, unmodifiable; empty for one that does not run. */
    ObservableList<UsageSample> usage(SessionId session);

    /** Tries to connect at once instead of at the next planned time. */
    void retryNow();

    /** Searches the last catalogue, offline as well. */
    CompletableFuture<CatalogueResult> search(CatalogueQuery query);

    /** What the datazone could start now. */
    CompletableFuture<Capacity> capacity();

    CompletableFuture<Session> launch(LaunchRequest request);

    CompletableFuture<Session> change(SessionId session, SessionChange change);

    /** Destroys the session, or removes one that has ended from the list. */
    CompletableFuture<Void> destroy(SessionId session);

    /** Sets stars and bookmarks. */
    CompletableFuture<Void> mark(DatalabId datalab, Marks marks);

    CompletableFuture<Volume> addVolume(NewVolume volume);

    CompletableFuture<Void> removeVolume(VolumeId volume);

    /** Lines of the log; waits on the datazone up to {@code waitSeconds} when there are none yet. */
    CompletableFuture<LogPage> log(SessionId session, long after, int limit, int waitSeconds);

    /** Sessions that were destroyed lately, newest first. */
    CompletableFuture<List<Session>> history();

    /** A fresh one-time address of the session's data plane; a secret. */
    CompletableFuture<URI> ticket(SessionId session);
}
