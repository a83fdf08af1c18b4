package org.datalabs.backend.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other replicas commit, by LISTEN on a connection of its own, and calls listeners on a thread of its own. A
 * notification only says that there is something to read; what it was stands in the tables. Listeners are called anyway
 * once a second and after every reconnection, so what a broken connection swallowed is late by that much and never lost.
 */
final class PostgresNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresNews.class);
    static final String CHANNEL = "datalabs";
    static final String EVENTS = "events";
    static final String REPLICAS = "replicas";
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
    private static final Duration RECONNECT = Duration.ofMillis(500);

    /** A connection that died without a word swallows notifications until it is asked. */
    private static final int CHECK_EVERY = 10;

    private static final int CHECK_SECONDS = 3;

    private final DataSource source;
    private final Runnable onEvents;
    private final Runnable onReplicas;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Connection open;

    PostgresNews(DataSource source, Runnable onEvents, Runnable onReplicas) {
        this.source = source;
        this.onEvents = onEvents;
        this.onReplicas = onReplicas;
        this.thread = new Thread(this::run, "news");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        end.countDown();
        Connection connection = open;
        if (connection != null) {
            try {
                // The thread waits in a read, which nothing else interrupts.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the connection for news was broken already", e);
            }
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean told = false;
        while (!ended(Duration.ZERO)) {
            try (Connection connection = source.getConnection()) {
                open = connection;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                told = false;
                listen(connection, connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (!told && !ended(Duration.ZERO)) {
                    told = true;
                    LOG.warn("news of other replicas are interrupted: {}", e.getMessage());
                }
            } finally {
                open = null;
            }
            onEvents.run();
            if (ended(RECONNECT)) {
                return;
            }
        }
    }

    private void listen(Connection connection, PGConnection news) throws SQLException {
        onEvents.run();
        onReplicas.run();
        for (int quiet = 0; !ended(Duration.ZERO); quiet++) {
            PGNotification[] heard = news.getNotifications((int) LOOK_ANYWAY.toMillis());
            if (heard == null || heard.length == 0) {
                onEvents.run();
                if (quiet % CHECK_EVERY == CHECK_EVERY - 1 && !connection.isValid(CHECK_SECONDS)) {
                    throw new SQLException("the connection died");
                }
                continue;
            }
            boolean events = false;
            boolean replicas = false;
            for (PGNotification notification : heard) {
                events |= EVENTS.equals(notification.getParameter());
                replicas |= REPLICAS.equals(notification.getParameter());
            }
            if (events) {
                onEvents.run();
            }
            if (replicas) {
                onReplicas.run();
            }
        }
    }

    private boolean ended(Duration wait) {
        try {
            return end.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
