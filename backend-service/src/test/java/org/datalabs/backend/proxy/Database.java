package org.datalabs.backend.proxy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.datalabs.backend.store.JdbiAdmissionStore;
import org.jdbi.v3.core.Jdbi;

/** An H2 database in memory with the tables of admissions. */
final class Database implements AutoCloseable {
    private final HikariDataSource pool = new HikariDataSource();
    private final Jdbi jdbi;
    private volatile boolean away;

    Database() {
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        pool.setMaximumPoolSize(8);
        jdbi = Jdbi.create(this::connection);
        for (String name : List.of("V2__admissions.sql", "V3__view_only.sql")) {
            jdbi.useHandle(handle -> handle.createScript(migration(name)).execute());
        }
    }

    private Connection connection() throws SQLException {
        if (away) {
            throw new SQLTransientConnectionException("away");
        }
        return pool.getConnection();
    }

    /** Whether from now on nobody reaches it. */
    void setAway(boolean isAway) {
        away = isAway;
    }

    private static String migration(String name) {
        try (InputStream in = Database.class.getResourceAsStream("/db/migration/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdmissionStore store() {
        return new JdbiAdmissionStore(jdbi);
    }

    /** Everything the tables hold, as text. */
    String dump() {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT hash, session_id, user_id FROM tickets UNION ALL SELECT hash, session_id, user_id FROM admissions")
                        .mapToMap()
                        .list())
                .toString();
    }

    @Override
    public void close() {
        pool.close();
    }
}
