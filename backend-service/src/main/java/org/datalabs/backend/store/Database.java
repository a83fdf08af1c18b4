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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.datalabs.backend.http.DiskFull;
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
    private static final List<String> MIGRATIONS = List.of("V1__sessions.sql", "V2__admissions.sql", "V3__view_only.sql");
    private static final String FILE = "datalabs";
    private static final String SUFFIX = ".mv.db";
    private static final int CONNECTIONS = 4;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ConnectionPool pool;
    private final Jdbi jdbi;
    private final @Nullable String notice;

    private Database(ConnectionPool pool, @Nullable String notice) {
        this.pool = pool;
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
            return open(h2(url), null, known);
        } catch (RuntimeException e) {
            if (!isDamage(e)) {
                throw e;
            }
            Path aside = keepAside(folder, clock);
            LOG.error("the database is damaged; it is kept as {} and a fresh one is made", aside, e);
            return open(
                    h2(url),
                    "The database was damaged. It is kept as " + aside.getFileName() + "; running datalabs, stars and"
                            + " volumes of before are no longer listed. Files in homes are safe.",
                    false);
        }
    }

    /** Opens a database by its JDBC URL, such as that of PostgreSQL. */
    static Database openUrl(String url, @Nullable String user, @Nullable String password) {
        HikariConfig config = pooled();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        return open(config, null, false);
    }

    Jdbi jdbi() {
        return jdbi;
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

    private static Database open(HikariConfig config, @Nullable String notice, boolean known) {
        ConnectionPool pool = new ConnectionPool(config);
        try {
            if (known && isBare(pool.source())) {
                throw new BareDatabaseException();
            }
            migrate(pool.source());
            return new Database(pool, notice);
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
