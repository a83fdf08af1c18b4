package org.datalabs.backend.store;

import java.util.HashMap;
import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * How often each datalab was launched. A launch adds a row of its own, so that launches of one datalab do not wait for each
 * other's commits; rows are added up now and then. Thread-safe.
 */
final class RunCounts {
    private static final String FRESH = "select datalab, count(*) as runs from fresh_runs group by datalab";

    private final Jdbi jdbi;

    RunCounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Counts one more, within the launch's transaction. */
    void count(Handle handle, DatalabId datalab) {
        handle.execute("insert into fresh_runs (datalab) values (?)", datalab.value());
    }

    /** All counts. */
    Map<DatalabId, Long> all(Handle handle) {
        return read(
                handle,
                "select datalab, sum(runs) as runs from (select datalab, runs from run_counts union all " + FRESH
                        + ") as every_run group by datalab");
    }

    /** Adds up. Fails, and changes nothing, when another replica does so at the same moment. */
    void sum() {
        // What is deleted is exactly what was read.
        jdbi.useTransaction(TransactionIsolationLevel.SERIALIZABLE, handle -> {
            Map<DatalabId, Long> fresh = read(handle, FRESH);
            handle.execute("delete from fresh_runs");
            fresh.forEach((datalab, runs) -> {
                String more = "update run_counts set runs = runs + ? where datalab = ?";
                if (handle.execute(more, runs, datalab.value()) == 0) {
                    handle.execute("insert into run_counts (datalab, runs) values (?, ?)", datalab.value(), runs);
                }
            });
        });
    }

    private static Map<DatalabId, Long> read(Handle handle, String query) {
        Map<DatalabId, Long> counts = new HashMap<>();
        handle.createQuery(query)
                .map((row, context) -> Map.entry(new DatalabId(row.getString("datalab")), row.getLong("runs")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
