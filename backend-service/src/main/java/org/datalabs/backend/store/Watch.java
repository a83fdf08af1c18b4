package org.datalabs.backend.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.function.Predicate;

/** Hears of every failure of a connection and says whether the pool may use it again. */
@SuppressWarnings("SameNameButDifferent") // the pool's type of this name is an answer, Java's an annotation
final class Watch implements SQLExceptionOverride {
    private final Predicate<SQLException> gone;

    /** @param gone whether the connection is useless after a failure */
    Watch(Predicate<SQLException> gone) {
        this.gone = gone;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return gone.test(failure)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
