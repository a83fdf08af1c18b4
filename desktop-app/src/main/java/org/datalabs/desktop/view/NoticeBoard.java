package org.datalabs.desktop.view;

import java.time.Instant;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.collections.ObservableList;
import org.datalabs.desktop.control.Action;
import org.datalabs.desktop.control.Tone;
import org.jspecify.annotations.Nullable;

/** What happened while the user was elsewhere; shown behind the bell. Kept while the app runs. */
public interface NoticeBoard {
    /** Newest first, at most 100, unmodifiable. */
    ObservableList<Notice> notices();

    ReadOnlyIntegerProperty unreadProperty();

    /** Whether {@code notice} came after the user last marked all as read. */
    boolean isUnread(Notice notice);

    void post(Notice notice);

    void markAllRead();

    /**
     * One piece of news.
     *
     * @param tone its icon and colour
     * @param title what happened
     * @param text a sentence more; may be empty
     * @param action the one thing to do about it, or null
     */
    record Notice(
            Instant at,
            Tone tone,
            String title,
            String text,
            @Nullable Action action) {}
}
