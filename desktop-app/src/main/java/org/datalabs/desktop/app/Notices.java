package org.datalabs.desktop.app;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.datalabs.desktop.view.NoticeBoard;

/** The notices of this run of the app. */
final class Notices implements NoticeBoard {
    private static final int MOST = 100;

    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ObservableList<Notice> readOnly = FXCollections.unmodifiableObservableList(notices);
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper();

    @Override
    public ObservableList<Notice> notices() {
        return readOnly;
    }

    @Override
    public ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    @Override
    public boolean isUnread(Notice notice) {
        int index = notices.indexOf(notice);
        return index >= 0 && index < unread.get();
    }

    @Override
    public void post(Notice notice) {
        if (notices.size() == MOST) {
            notices.remove(MOST - 1);
        }
        unread.set(Math.min(MOST, unread.get() + 1));
        notices.add(0, notice);
    }

    @Override
    public void markAllRead() {
        unread.set(0);
    }
}
