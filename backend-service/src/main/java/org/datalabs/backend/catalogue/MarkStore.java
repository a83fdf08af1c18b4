package org.datalabs.backend.catalogue;

import java.util.Map;
import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Keeps marks of users on datalabs and how often these were launched. Thread-safe; blocks. */
public interface MarkStore {

    /** What is known of each datalab that anybody marked or launched. */
    Map<DatalabId, Tally> tallies(UserId user);

    /** Sets marks; null leaves one as it is. */
    void mark(UserId user, DatalabId datalab, @Nullable Boolean starred, @Nullable Boolean bookmarked);

    /**
     * Marks and counts of a datalab.
     *
     * @param stars how many users starred it
     * @param runs how often it was launched
     * @param starred whether the asking user starred it
     * @param bookmarked whether the asking user bookmarked it
     */
    record Tally(int stars, long runs, boolean starred, boolean bookmarked) {
        public static final Tally NONE = new Tally(0, 0, false, false);
    }
}
