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
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Adds events within the transaction of the change that they tell of, and gives them their numbers. Thread-safe. */
final class EventWriter {
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean shared;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param shared whether it is a PostgreSQL database with other replicas, which are to be told */
    EventWriter(ObjectMapper json, Clock clock, boolean shared) {
        this.json = json;
        this.clock = clock;
        this.shared = shared;
    }

    /** Calls {@code listener} after each commit of this process that brought events. */
    void onEvents(Runnable listener) {
        listeners.add(listener);
    }

    /** Adds events, for one user or for all, as the last thing that a transaction does. */
    void append(Handle handle, @Nullable UserId owner, List<? extends DatazoneEvent> news) {
        List<ObjectNode> bodies =
                news.stream().map(event -> json.<ObjectNode>valueToTree(event)).toList();
        if (shared) {
            appendFresh(handle, owner, bodies);
        } else {
            appendNumbered(handle, owner, bodies);
        }
        listeners.forEach(handle::afterCommit);
    }

    /**
     * Gives every event that is committed and has no number the next ones, and tells the other replicas of them. Numbers
     * have no gap, and readers see them in order: one transaction at a time numbers. Of two changes of which the second knew
     * of the first, the first has the lower number, since it was committed before the second took its place.
     */
    void number(Jdbi jdbi) {
        if (!shared || !jdbi.withHandle(EventWriter::hasFresh)) {
            return;
        }
        jdbi.useTransaction(handle -> {
            // First the lock, then a statement that sees all that was committed before it was had.
            handle.createQuery("select last_number from event_counter for update")
                    .mapTo(Long.class)
                    .one();
            handle.createQuery(
                            "with fresh as (delete from fresh_events returning place, owner, type, body, created_at),"
                                    + " counter as (update event_counter set last_number = last_number"
                                    + " + (select count(*) from fresh) returning last_number),"
                                    + " numbered as (insert into events (number, owner, type, body, created_at)"
                                    + " select counter.last_number - count(*) over () + row_number() over (order by fresh.place),"
                                    + " fresh.owner, fresh.type, fresh.body, fresh.created_at from fresh, counter"
                                    + " returning number)"
                                    // Commits that notify wait for each other, which is why it is not done by every
                                    // writer.
                                    + " select pg_notify(:channel, :news) from (select count(*) from numbered) as all_numbered")
                    .bind("channel", PostgresNews.CHANNEL)
                    .bind("news", PostgresNews.EVENTS)
                    .map((row, context) -> true)
                    .one();
        });
    }

    private static boolean hasFresh(Handle handle) {
        return handle.createQuery("select exists (select 1 from fresh_events)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Without numbers, for which all who write would wait for each other until the end of each one's commit. */
    private void appendFresh(Handle handle, @Nullable UserId owner, List<ObjectNode> bodies) {
        String places = IntStream.range(0, bodies.size())
                .mapToObj(place -> "(:owner, :type" + place + ", :body" + place + ", :at)")
                .collect(Collectors.joining(", "));
        Update insert = handle.createUpdate("insert into fresh_events (owner, type, body, created_at) values " + places)
                .bind("owner", owner == null ? null : owner.value())
                .bind("at", clock.instant());
        for (int place = 0; place < bodies.size(); place++) {
            insert.bind("type" + place, type(bodies.get(place)))
                    .bind("body" + place, bodies.get(place).toString());
        }
        insert.execute();
    }

    /** From here to its commit no other can add any, which H2 does not mind. */
    private void appendNumbered(Handle handle, @Nullable UserId owner, List<ObjectNode> bodies) {
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
