package org.datalabs.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.datalabs.backend.http.DiskFull;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * The connections to the database, opened anew after it closed itself: H2 does so when it cannot write, such as on a full
 * disk, and every connection of before is useless then. Thread-safe.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
    private final AtomicBoolean closedItself = new AtomicBoolean();
    private final HikariDataSource pool;

    /** Opens the pool, and with it the database. */
    ConnectionPool(HikariConfig config) {
        config.setExceptionOverride(new Watch(this::isGone));
        this.pool = new HikariDataSource(config);
    }

    DataSource source() {
        return pool;
    }

    @Override
    public Connection openConnection() throws SQLException {
        if (closedItself.compareAndSet(true, false)) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }

    private boolean isGone(SQLException failure) {
        int code = failure.getErrorCode();
        boolean gone = code == ErrorCode.DATABASE_IS_CLOSED
                || code == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN
                || DiskFull.caused(failure);
        if (gone) {
            closedItself.set(true);
        }
        return gone;
    }
}
