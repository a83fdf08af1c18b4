package org.datalabs.backend.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.datalabs.backend.events.EventStore;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

final class JdbiEventStore implements EventStore {
    private static final int EPOCH_BYTES = 5;

    private final Jdbi jdbi;
    private final EventWriter events;
    private final String epoch;

    JdbiEventStore(Jdbi jdbi, EventWriter events) {
        this.jdbi = jdbi;
        this.events = events;
        this.epoch = jdbi.inTransaction(handle -> {
            byte[] bytes = new byte[EPOCH_BYTES];
            new SecureRandom().nextBytes(bytes);
            handle.execute(
                    "insert into event_counter (epoch, last_number) values (?, 0) on conflict do nothing",
                    HexFormat.of().formatHex(bytes));
            return handle.createQuery("select epoch from event_counter")
                    .mapTo(String.class)
                    .one();
        });
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long last() {
        events.number(jdbi);
        return jdbi.withHandle(handle -> handle.createQuery("select last_number from event_counter")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public long floor() {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce((select min(number) - 1 from events),"
                        + " (select last_number from event_counter))")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<StoredEvent> after(long number, int limit) {
        events.number(jdbi);
        return jdbi.withHandle(handle -> handle.createQuery("select number, owner, type, body, created_at from events"
                        + " where number > :number order by number limit :limit")
                .bind("number", number)
                .bind("limit", limit)
                .map((row, context) -> new StoredEvent(
                        row.getLong("number"),
                        owner(row.getString("owner")),
                        row.getString("type"),
                        row.getString("body"),
                        row.getTimestamp("created_at").toInstant()))
                .list());
    }

    @Override
    public void append(@Nullable UserId owner, DatazoneEvent event) {
        jdbi.inTransaction(handle -> {
            events.append(handle, owner, List.of(event));
            return true;
        });
    }

    @Override
    public void prune(Instant before, long keep) {
        events.number(jdbi);
        jdbi.useTransaction(handle -> handle.createUpdate("delete from events where created_at < :before"
                        + " or number <= (select last_number from event_counter) - :keep")
                .bind("before", before)
                .bind("keep", keep)
                .execute());
    }

    private static @Nullable UserId owner(@Nullable String value) {
        return value == null ? null : new UserId(value);
    }
}
