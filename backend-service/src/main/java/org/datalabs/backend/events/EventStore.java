package org.datalabs.backend.events;

import java.time.Instant;
import java.util.List;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events, numbered without a gap. Of two changes of one session, or of what one user holds, the event of the first
 * comes first. Thread-safe; blocks.
 */
public interface EventStore {

    /** Differs from that of any other database, so that ids of another are not mistaken for own ones. */
    String epoch();

    /** Number of the newest event, 0 before the first. */
    long last();

    /** Number before the oldest kept event: what a client may have seen last to be told all that followed. */
    long floor();

    /** Kept events after {@code number}, oldest first, at most {@code limit}. */
    List<StoredEvent> after(long number, int limit);

    /** Adds an event for one user, or for all when {@code owner} is null. */
    void append(@Nullable UserId owner, DatazoneEvent event);

    /** Deletes events older than {@code before} and all but the newest {@code keep}. */
    void prune(Instant before, long keep);

    /**
     * A kept event.
     *
     * @param number its place in the order, from 1
     * @param owner whom it concerns, or null for everybody
     * @param type its type on the wire
     * @param json itself on the wire
     * @param at when it was added
     */
    record StoredEvent(long number, @Nullable UserId owner, String type, String json, Instant at) {}
}
