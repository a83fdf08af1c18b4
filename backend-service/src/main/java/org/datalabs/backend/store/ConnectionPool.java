package org.datalabs.backend.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.datalabs.backend.http.DiskFull;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * The connections to the database, opened anew after it closed itself: H2 does so when it cannot write, such as on a full
 * disk, and every connection of before is useless then. While a server does not answer, one caller at a time waits for it
 * and all others are told at once. Thread-safe.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
    private final AtomicBoolean closedItself = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean silent;
    private final DataSource source;
    private final HikariDataSource pool;

    /** Opens the pool, and with it the database. */
    ConnectionPool(HikariConfig config) {
        config.setExceptionOverride(new Watch(this::isGone));
        this.source = config.getDataSource();
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
        return silent ? probe() : ask();
    }

    /** What it is doing. */
    PoolUse use() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return new PoolUse(
                state.getActiveConnections(),
                state.getIdleConnections(),
                state.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    private Connection probe() throws SQLException {
        if (!probing.compareAndSet(false, true)) {
            throw new SQLTransientConnectionException("the database does not answer");
        }
        // Not by the pool: it tries again at growing intervals, and would notice a server's return late.
        try (Connection connection = source.getConnection()) {
            return ask();
        } catch (SQLException e) {
            throw e instanceof SQLTransientConnectionException
                    ? e
                    : new SQLTransientConnectionException("the database does not answer", e.getSQLState(), e);
        } finally {
            probing.set(false);
        }
    }

    /** Whether the last that was heard of the server is that it does not answer. */
    boolean isSilent() {
        return silent;
    }

    private Connection ask() throws SQLException {
        try {
            Connection connection = pool.getConnection();
            silent = false;
            return connection;
        } catch (SQLTransientConnectionException e) {
            // Without a cause the pool is only busy: its connections work.
            silent = e.getCause() instanceof SQLException;
            throw e;
        }
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
