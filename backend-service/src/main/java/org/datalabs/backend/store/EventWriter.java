package org.datalabs.backend.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Adds events within the transaction of the change that they tell of. Thread-safe. */
final class EventWriter {
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean shared;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param shared whether it is a PostgreSQL database with other replicas, which are to be notified */
    EventWriter(ObjectMapper json, Clock clock, boolean shared) {
        this.json = json;
        this.clock = clock;
        this.shared = shared;
    }

    /** Calls {@code listener} after each commit of this process that brought events. */
    void onEvents(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Adds events, for one user or for all, as the last thing that a transaction does: from here to its commit no other can
     * add any, for which all who write wait.
     */
    void append(Handle handle, @Nullable UserId owner, List<? extends DatazoneEvent> news) {
        List<ObjectNode> bodies =
                news.stream().map(event -> json.<ObjectNode>valueToTree(event)).toList();
        if (shared) {
            appendAtOnce(handle, owner, bodies);
        } else {
            appendStepwise(handle, owner, bodies);
        }
        listeners.forEach(handle::afterCommit);
    }

    /** By one request, since others wait for as long as every further one takes; and tells the other replicas. */
    private void appendAtOnce(Handle handle, @Nullable UserId owner, List<ObjectNode> bodies) {
        String told = IntStream.range(0, bodies.size())
                .mapToObj(place -> "(" + (place + 1) + ", :type" + place + ", :body" + place + ")")
                .collect(Collectors.joining(", "));
        Query query = handle.createQuery("with counter as"
                        // The row stays locked until the commit, so that nobody can take a later number and commit it
                        // earlier.
                        + " (update event_counter set last_number = last_number + :count returning last_number),"
                        + " written as (insert into events (number, owner, type, body, created_at)"
                        + " select counter.last_number - :count + told.place, cast(:owner as varchar), told.type,"
                        + " told.body, cast(:at as timestamptz)"
                        + " from counter, (values " + told + ") as told (place, type, body) returning number)"
                        // Sent by the commit, and once for all events of a transaction.
                        + " select pg_notify(:channel, :news) from (select count(*) from written) as all_written")
                .bind("count", bodies.size())
                .bind("owner", owner == null ? null : owner.value())
                .bind("at", clock.instant())
                .bind("channel", PostgresNews.CHANNEL)
                .bind("news", PostgresNews.EVENTS);
        for (int place = 0; place < bodies.size(); place++) {
            query.bind("type" + place, type(bodies.get(place)))
                    .bind("body" + place, bodies.get(place).toString());
        }
        query.map((row, context) -> true).one();
    }

    /** By statements that H2 takes, too. */
    private void appendStepwise(Handle handle, @Nullable UserId owner, List<ObjectNode> bodies) {
        handle.execute("update event_counter set last_number = last_number + ?", bodies.size());
        long number = handle.createQuery("select last_number from event_counter")
                        .mapTo(Long.class)
                        .one()
                - bodies.size();
        for (ObjectNode body : bodies) {
            number++;
            handle.createUpdate("insert into events (number, owner, type, body, created_at)"
                            + " values (:number, :owner, :type, :body, :at)")
                    .bind("number", number)
                    .bind("owner", owner == null ? null : owner.value())
                    .bind("type", type(body))
                    .bind("body", body.toString())
                    .bind("at", clock.instant())
                    .execute();
        }
    }

    private static String type(ObjectNode body) {
        return body.get("type").asText();
    }
}
