package org.datalabs.backend.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.datalabs.backend.catalogue.MarkStore;
import org.datalabs.backend.events.EventStore;
import org.datalabs.backend.proxy.AdmissionStore;
import org.datalabs.backend.session.QuotaPolicy;
import org.datalabs.backend.session.SessionStore;
import org.datalabs.backend.volume.VolumeStore;
import org.datalabs.core.identity.User;
import org.jdbi.v3.core.Jdbi;

/** Every feature's store over one database. Thread-safe. */
public final class Stores {
    private final Jdbi jdbi;
    private final EventWriter writer;
    private final EventStore events;
    private final SessionStore sessions;
    private final MarkStore marks;
    private final VolumeStore volumes;

    public Stores(Database database, QuotaPolicy quotas, Clock clock, ObjectMapper json) {
        this.jdbi = database.jdbi();
        this.writer = new EventWriter(json, clock);
        this.events = new JdbiEventStore(jdbi, writer);
        this.sessions = new JdbiSessionStore(jdbi, writer, new SessionRows(json), quotas, clock);
        this.marks = new JdbiMarkStore(jdbi);
        this.volumes = new JdbiVolumeStore(jdbi, writer, clock);
    }

    /** Makes a user known, without whom nothing can be kept for them. */
    public void know(User user) {
        jdbi.inTransaction(handle -> handle.execute(
                                "update users set name = ? where id = ?",
                                user.name(),
                                user.id().value())
                        == 1
                || handle.execute(
                                "insert into users (id, name) values (?, ?)",
                                user.id().value(),
                                user.name())
                        == 1);
    }

    /** Calls {@code listener} after each commit that brought events, on the thread that made it. */
    public void onEvents(Runnable listener) {
        writer.onEvents(listener);
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
