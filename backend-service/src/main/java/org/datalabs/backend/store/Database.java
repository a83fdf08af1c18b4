package org.datalabs.backend.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.datalabs.backend.http.DiskFull;
import org.datalabs.core.problem.ProblemException;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: its pool, migrated. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final List<String> MIGRATIONS = List.of(
            "V1__sessions.sql",
            "V2__admissions.sql",
            "V3__view_only.sql",
            "V4__replicas.sql",
            "V5__fresh.sql",
            "V6__platform.sql");
    private static final String FILE = "datalabs";
    private static final String SUFFIX = ".mv.db";
    private static final int CONNECTIONS = 4;
    private static final Duration POOL_PATIENCE = Duration.ofSeconds(3);
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(15);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ConnectionPool pool;
    private final @Nullable PostgresSource shared;
    private final Jdbi jdbi;
    private final @Nullable String notice;

    private Database(ConnectionPool pool, @Nullable PostgresSource shared, @Nullable String notice) {
        this.pool = pool;
        this.shared = shared;
        this.jdbi = Jdbi.create(pool);
        // Our statements are constants; nothing in them is a template.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        this.notice = notice;
    }

    /**
     * Opens the database file in {@code folder}, made when it is not there. One that cannot be read is kept aside under
     * a dated name, and a fresh one takes its place.
     */
    public static Database openFile(Path folder, Clock clock) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the database's folder cannot be made", e);
        }
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve(FILE)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"
                + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;CACHE_SIZE=4096";
        Path file = folder.resolve(FILE + SUFFIX);
        try {
            boolean known = Files.exists(file);
            return open(h2(url), null, null, known);
        } catch (RuntimeException e) {
            if (!isDamage(e)) {
                throw e;
            }
            Path aside = keepAside(folder, clock);
            LOG.error("the database is damaged; it is kept as {} and a fresh one is made", aside, e);
            return open(
                    h2(url),
                    null,
                    "The database was damaged. It is kept as " + aside.getFileName() + "; running datalabs, stars and"
                            + " volumes of before are no longer listed. Files in homes are safe.",
                    false);
        }
    }

    /**
     * Opens a database on a PostgreSQL server, waiting for as long as it does not answer.
     *
     * @param pause waits for the given time; false when the wait is to be given up
     * @throws ProblemException STORE_UNREACHABLE when the server refuses what the settings say, or the wait was given up
     */
    public static Database openPostgres(PostgresSettings settings, Predicate<Duration> pause) {
        PostgresSource source = new PostgresSource(settings);
        PostgresArrival.await(source, settings, pause);
        HikariConfig config = pooled();
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.connections());
        // A pool that is to keep some open goes on trying while the server is away, ever more slowly.
        config.setMinimumIdle(0);
        config.setConnectionTimeout(POOL_PATIENCE.toMillis());
        config.setMaxLifetime(CONNECTION_LIFE.toMillis());
        config.setValidationTimeout(1_000);
        return open(config, source, null, false);
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** Opens connections outside of the pool, to a database that replicas share; empty for one of this process alone. */
    Optional<DataSource> shared() {
        return Optional.ofNullable(shared);
    }

    /** Whether it answers, as far as is known: it is asked at least once a second when replicas share it. */
    public boolean answers() {
        return !pool.isSilent();
    }

    /** How many writers of the background it serves well at once, and leaves connections for requests. */
    public int writers() {
        return shared == null ? 2 : Math.max(2, pool.use().most() / 2);
    }

    /** What its pool of connections is doing. */
    public PoolUse poolUse() {
        return pool.use();
    }

    /** What users should know about how it was opened. */
    public Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        HikariConfig config = pooled();
        config.setDataSource(source);
        return config;
    }

    private static HikariConfig pooled() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        return config;
    }

    private static Database open(
            HikariConfig config, @Nullable PostgresSource shared, @Nullable String notice, boolean known) {
        ConnectionPool pool = new ConnectionPool(config);
        try {
            if (known && isBare(pool.source())) {
                throw new BareDatabaseException();
            }
            migrate(pool.source());
            return new Database(pool, shared, notice);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** H2 opens a file of which nothing is legible but its head, or nothing at all, as an empty database. */
    private static boolean isBare(DataSource source) {
        try (Connection connection = source.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
            return !tables.next();
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
        }
    }

    private static void migrate(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .resourceProvider(new Migrations(MIGRATIONS))
                .javaMigrationClassProvider(List::of)
                .locations(new String[0])
                .load()
                .migrate();
    }

    private static boolean isDamage(Throwable failure) {
        if (failure instanceof BareDatabaseException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                int code = sql.getErrorCode();
                if (code == ErrorCode.FILE_CORRUPTED_1
                        || code == ErrorCode.FILE_VERSION_ERROR_1
                        || code == ErrorCode.IO_EXCEPTION_1
                        || code == ErrorCode.IO_EXCEPTION_2
                        || code == ErrorCode.GENERAL_ERROR_1) {
                    return !DiskFull.caused(failure);
                }
            }
        }
        return false;
    }

    /** A file that should hold a database holds none. */
    private static final class BareDatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BareDatabaseException() {
            super("the database holds no table any more");
        }
    }

    private static Path keepAside(Path folder, Clock clock) {
        Path damaged = folder.resolve(FILE + SUFFIX);
        String name = FILE + "-damaged-" + DATE.format(clock.instant());
        try {
            for (int number = 0; ; number++) {
                Path aside = folder.resolve(name + (number == 0 ? "" : "-" + number) + SUFFIX);
                if (!Files.exists(aside)) {
                    return Files.move(damaged, aside);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the damaged database cannot be kept aside", e);
        }
    }
}
