package org.datalabs.backend.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.catalogue.MarkStore;
import org.datalabs.backend.events.EventStore;
import org.datalabs.backend.proxy.AdmissionStore;
import org.datalabs.backend.replica.ReplicaStore;
import org.datalabs.backend.session.QuotaPolicy;
import org.datalabs.backend.session.SessionStore;
import org.datalabs.backend.volume.VolumeStore;
import org.datalabs.core.identity.User;
import org.jdbi.v3.core.Jdbi;

/** Every feature's store over one database. Thread-safe. */
public final class Stores {
    private final Database database;
    private final Jdbi jdbi;
    private final EventWriter writer;
    private final EventStore events;
    private final SessionStore sessions;
    private final MarkStore marks;
    private final VolumeStore volumes;

    public Stores(Database database, QuotaPolicy quotas, Clock clock, ObjectMapper json) {
        this.database = database;
        this.jdbi = database.jdbi();
        this.writer = new EventWriter(json, clock, database.shared().isPresent());
        this.events = new JdbiEventStore(jdbi, writer);
        this.sessions = new JdbiSessionStore(jdbi, writer, new SessionRows(json), quotas, clock);
        this.marks = new JdbiMarkStore(jdbi);
        this.volumes = new JdbiVolumeStore(jdbi, writer, clock);
    }

    /** Makes users known, without whom nothing can be kept for them. */
    public void know(Collection<User> users) {
        jdbi.useTransaction(handle -> {
            Map<String, String> names = new HashMap<>();
            handle.createQuery("select id, name from users")
                    .map((row, context) -> Map.entry(row.getString("id"), row.getString("name")))
                    .forEach(known -> names.put(known.getKey(), known.getValue()));
            for (User user : users) {
                String id = user.id().value();
                String known = names.get(id);
                if (known == null) {
                    handle.execute(
                            "insert into users (id, name) values (?, ?) on conflict do nothing", id, user.name());
                } else if (!known.equals(user.name())) {
                    handle.execute("update users set name = ? where id = ?", user.name(), id);
                }
            }
        });
    }

    /** Calls {@code listener} after each commit of this process that brought events, on the thread that made it. */
    public void onEvents(Runnable listener) {
        writer.onEvents(listener);
    }

    /**
     * Also hears of what other replicas do, if others share the database; on a thread of its own until closed.
     *
     * @param onEvents called after commits that brought events, by any replica, and once a second
     * @param onReplicas called after replicas came or left
     */
    public AutoCloseable listen(Runnable onEvents, Runnable onReplicas) {
        if (database.shared().isEmpty()) {
            return () -> {};
        }
        PostgresNews news = new PostgresNews(database.shared().get(), onEvents, onReplicas);
        news.start();
        return news;
    }

    /** The list of replicas; empty where there are no others; closed by whoever asks. */
    public Optional<ReplicaStore> replicas() {
        return database.shared().map(JdbiReplicaStore::new);
    }

    public EventStore events() {
        return events;
    }

    public SessionStore sessions() {
        return sessions;
    }

    public MarkStore marks() {
        return marks;
    }

    public VolumeStore volumes() {
        return volumes;
    }

    public AdmissionStore admissions() {
        return new JdbiAdmissionStore(jdbi);
    }
}
