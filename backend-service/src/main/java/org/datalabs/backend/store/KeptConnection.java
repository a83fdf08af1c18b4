package org.datalabs.backend.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is kept and replaced when it fails, so that whoever uses it never waits behind others for the pool.
 * One handle at a time; thread-safe.
 */
final class KeptConnection implements ConnectionFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);
    private static final int VALID_SECONDS = 2;

    private final DataSource source;
    private @Nullable Connection connection;

    KeptConnection(DataSource source) {
        this.source = source;
    }

    @Override
    public synchronized Connection openConnection() throws SQLException {
        Connection kept = connection;
        if (kept != null && kept.isValid(VALID_SECONDS)) {
            return kept;
        }
        close();
        Connection fresh = source.getConnection();
        connection = fresh;
        return fresh;
    }

    @Override
    public void closeConnection(Connection used) {
        // It stays open for the next time.
    }

    @Override
    public synchronized void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.debug("a broken connection could not be closed", e);
            }
        }
    }
}
