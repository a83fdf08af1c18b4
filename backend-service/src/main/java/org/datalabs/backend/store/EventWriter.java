package org.datalabs.backend.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds events within the transaction of the change that they tell of. Thread-safe. */
final class EventWriter {
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean notifies;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param notifies whether other replicas share the database and are to be notified */
    EventWriter(ObjectMapper json, Clock clock, boolean notifies) {
        this.json = json;
        this.clock = clock;
        this.notifies = notifies;
    }

    /** Calls {@code listener} after each commit of this process that brought events. */
    void onEvents(Runnable listener) {
        listeners.add(listener);
    }

    void append(Handle handle, @Nullable UserId owner, DatazoneEvent event) {
        ObjectNode body = json.valueToTree(event);
        // The row stays locked until the commit, so that nobody can take a later number and commit it earlier.
        handle.execute("update event_counter set last_number = last_number + 1");
        long number = handle.createQuery("select last_number from event_counter")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("insert into events (number, owner, type, body, created_at)"
                        + " values (:number, :owner, :type, :body, :at)")
                .bind("number", number)
                .bind("owner", owner == null ? null : owner.value())
                .bind("type", body.get("type").asText())
                .bind("body", body.toString())
                .bind("at", clock.instant())
                .execute();
        if (notifies) {
            // Sent by the commit, and once for all events of a transaction.
            handle.execute("select pg_notify(?, ?)", PostgresNews.CHANNEL, PostgresNews.EVENTS);
        }
        listeners.forEach(handle::afterCommit);
    }
}
