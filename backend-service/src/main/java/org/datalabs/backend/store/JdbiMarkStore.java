package org.datalabs.backend.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.datalabs.backend.catalogue.MarkStore;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.identity.UserId;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

final class JdbiMarkStore implements MarkStore {
    private final Jdbi jdbi;
    private final RunCounts runs;

    JdbiMarkStore(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.runs = new RunCounts(jdbi);
    }

    @Override
    public Map<DatalabId, Tally> tallies(UserId user) {
        Map<DatalabId, Tally> tallies = new HashMap<>();
        jdbi.useHandle(handle -> {
            runs.all(handle).forEach((datalab, count) -> tallies.put(datalab, new Tally(0, count, false, false)));
            handle.createQuery("select datalab, sum(case when starred then 1 else 0 end) as stars,"
                            + " max(case when starred and owner = :user then 1 else 0 end) as starred,"
                            + " max(case when bookmarked and owner = :user then 1 else 0 end) as bookmarked"
                            + " from marks group by datalab")
                    .bind("user", user.value())
                    .map((row, context) -> Map.entry(
                            new DatalabId(row.getString("datalab")),
                            new Tally(
                                    row.getInt("stars"), 0, row.getInt("starred") == 1, row.getInt("bookmarked") == 1)))
                    .forEach(entry -> tallies.merge(
                            entry.getKey(),
                            entry.getValue(),
                            (runs, marks) ->
                                    new Tally(marks.stars(), runs.runs(), marks.starred(), marks.bookmarked())));
        });
        return tallies;
    }

    @Override
    public void mark(UserId user, DatalabId datalab, @Nullable Boolean starred, @Nullable Boolean bookmarked) {
        jdbi.inTransaction(handle -> {
            handle.createQuery("select id from users where id = :user for update")
                    .bind("user", user.value())
                    .mapTo(String.class)
                    .one();
            Optional<boolean[]> old = handle.createQuery(
                            "select starred, bookmarked from marks where owner = :user and datalab = :datalab")
                    .bind("user", user.value())
                    .bind("datalab", datalab.value())
                    .map((row, context) -> new boolean[] {row.getBoolean("starred"), row.getBoolean("bookmarked")})
                    .findOne();
            boolean star = starred != null ? starred : old.isPresent() && old.get()[0];
            boolean bookmark = bookmarked != null ? bookmarked : old.isPresent() && old.get()[1];
            String sql = old.isPresent()
                    ? "update marks set starred = :starred, bookmarked = :bookmarked"
                            + " where owner = :user and datalab = :datalab"
                    : "insert into marks (owner, datalab, starred, bookmarked)"
                            + " values (:user, :datalab, :starred, :bookmarked)";
            return handle.createUpdate(sql)
                    .bind("user", user.value())
                    .bind("datalab", datalab.value())
                    .bind("starred", star)
                    .bind("bookmarked", bookmark)
                    .execute();
        });
    }
}
