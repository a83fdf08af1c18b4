package org.datalabs.backend.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a PostgreSQL server that has not started yet; what waiting cannot mend is told at once. */
final class PostgresArrival {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresArrival.class);
    private static final Duration TRY_EVERY = Duration.ofMillis(500);
    private static final int TELL_EVERY = 20;

    private PostgresArrival() {}

    static void await(DataSource source, PostgresSettings settings, Predicate<Duration> pause) {
        for (int attempt = 0; ; attempt++) {
            SQLException failure;
            try (Connection connection = source.getConnection()) {
                LOG.debug("connected to {}", connection);
                return;
            } catch (SQLException e) {
                failure = e;
            }
            String state = failure.getSQLState();
            if (state == null || state.startsWith("28") || state.equals("3D000")) {
                throw refused(settings, failure);
            }
            if (attempt % TELL_EVERY == 0) {
                LOG.warn(
                        "the database {} does not answer ({}); waiting for it",
                        settings.address(),
                        failure.getMessage());
            }
            if (!pause.test(TRY_EVERY)) {
                throw new ProblemException(
                        Problem.of(
                                ProblemCode.STORE_UNREACHABLE,
                                "The database " + settings.address() + " did not answer until the service was ended.",
                                "Start the database, or correct database.url in the settings."),
                        failure);
            }
        }
    }

    private static ProblemException refused(PostgresSettings settings, SQLException failure) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.STORE_UNREACHABLE,
                        "The database " + settings.address() + " refuses " + settings.user() + ": "
                                + failure.getMessage() + ".",
                        "Correct database.url, database.user or the file of database.passwordFile in the settings."),
                failure);
    }
}
