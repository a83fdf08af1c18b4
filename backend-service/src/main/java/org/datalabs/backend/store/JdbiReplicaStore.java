package org.datalabs.backend.store;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.datalabs.backend.replica.ReplicaId;
import org.datalabs.backend.replica.ReplicaStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

final class JdbiReplicaStore implements ReplicaStore {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final KeptConnection connection;
    private final Jdbi jdbi;

    JdbiReplicaStore(DataSource source) {
        this.connection = new KeptConnection(source);
        this.jdbi = Jdbi.create(connection);
    }

    @Override
    public Set<ReplicaId> beat(ReplicaId self, Duration life) {
        return jdbi.inTransaction(handle -> {
            int known = handle.execute("update replicas set seen_at = current_timestamp where id = ?", self.value());
            if (known == 0) {
                handle.execute("delete from replicas where seen_at < " + ago(), KEPT.toMillis());
                handle.execute(
                        "insert into replicas (id, started_at, seen_at) values (?, current_timestamp, current_timestamp)",
                        self.value());
                tell(handle);
            }
            return handle.createQuery("select id from replicas where seen_at > " + ago())
                    .bind(0, life.toMillis())
                    .map((row, context) -> new ReplicaId(row.getString("id")))
                    .collect(Collectors.toSet());
        });
    }

    @Override
    public void leave(ReplicaId self) {
        jdbi.useTransaction(handle -> {
            handle.execute("delete from replicas where id = ?", self.value());
            tell(handle);
        });
    }

    @Override
    public void close() {
        connection.close();
    }

    private static String ago() {
        return "current_timestamp - cast(? as bigint) * interval '1 millisecond'";
    }

    private static void tell(Handle handle) {
        handle.execute("select pg_notify(?, ?)", PostgresNews.CHANNEL, PostgresNews.REPLICAS);
    }
}
