package org.datalabs.backend.store;

import java.time.Clock;
import java.util.List;
import org.datalabs.backend.volume.VolumeStore;
import org.datalabs.core.api.DatazoneEvent;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.volume.VolumeId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

final class JdbiVolumeStore implements VolumeStore {
    private final Jdbi jdbi;
    private final EventWriter events;
    private final Clock clock;

    JdbiVolumeStore(Jdbi jdbi, EventWriter events, Clock clock) {
        this.jdbi = jdbi;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<CustomVolume> list(UserId owner) {
        return jdbi.withHandle(handle -> handle.createQuery("select id, owner, name, folder, description, usual_path,"
                        + " read_only from volumes where owner = :owner order by created_at, id")
                .bind("owner", owner.value())
                .map((row, context) -> new CustomVolume(
                        new VolumeId(row.getString("id")),
                        new UserId(row.getString("owner")),
                        row.getString("name"),
                        row.getString("folder"),
                        row.getString("description"),
                        row.getString("usual_path"),
                        row.getBoolean("read_only")))
                .list());
    }

    @Override
    public boolean add(CustomVolume volume) {
        return jdbi.inTransaction(handle -> {
            lock(handle, volume.owner());
            int added = handle.createUpdate("insert into volumes (id, owner, name, folder, description, usual_path,"
                            + " read_only, created_at) select cast(:id as varchar), cast(:owner as varchar),"
                            + " cast(:name as varchar), cast(:folder as varchar), cast(:description as varchar),"
                            + " cast(:path as varchar), cast(:readOnly as boolean),"
                            + " cast(:at as timestamp with time zone)"
                            + " where not exists (select 1 from volumes where id = :id)")
                    .bind("id", volume.id().value())
                    .bind("owner", volume.owner().value())
                    .bind("name", volume.name())
                    .bind("folder", volume.folder())
                    .bind("description", volume.description())
                    .bind("path", volume.usualPath())
                    .bind("readOnly", volume.readOnly())
                    .bind("at", clock.instant())
                    .execute();
            if (added == 1) {
                events.append(handle, volume.owner(), List.of(new DatazoneEvent.VolumesChanged()));
            }
            return added == 1;
        });
    }

    @Override
    public List<String> remove(UserId owner, VolumeId volume) {
        return jdbi.inTransaction(handle -> {
            lock(handle, owner);
            List<String> users = handle.createQuery("select s.name from sessions s"
                            + " join session_mounts m on m.session = s.id"
                            + " where s.owner = :owner and m.volume = :volume"
                            + " and s.phase not in ('STOPPED', 'FAILED') order by s.created_at")
                    .bind("owner", owner.value())
                    .bind("volume", volume.value())
                    .mapTo(String.class)
                    .list();
            if (users.isEmpty()) {
                handle.execute("delete from volumes where owner = ? and id = ?", owner.value(), volume.value());
                events.append(handle, owner, List.of(new DatazoneEvent.VolumesChanged()));
            }
            return users;
        });
    }

    /** A launch that mounts the volume comes before or after, never in between. */
    private static void lock(Handle handle, UserId owner) {
        handle.createQuery("select id from users where id = :owner for update")
                .bind("owner", owner.value())
                .mapTo(String.class)
                .one();
    }
}
