package org.datalabs.desktop.dashboard;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.util.Subscription;
import org.datalabs.core.api.Me;
import org.datalabs.core.launch.QuotaUse;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.datazone.Datazones;
import org.datalabs.desktop.running.SessionJournal;
import org.datalabs.desktop.running.SessionNews;
import org.jspecify.annotations.Nullable;

/** What the dashboard shows of the current datazone. */
final class DashboardViewModel {
    private static final int MOST_NEWS = 12;

    private final Datazones datazones;
    private final SessionJournal journal;
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper(this, "changes", 0);
    private final InvalidationListener onChange = observable -> changes.set(changes.get() + 1);
    private Subscription watched = Subscription.EMPTY;

    DashboardViewModel(Datazones datazones, SessionJournal journal) {
        this.datazones = datazones;
        this.journal = journal;
    }

    /** Listens until unsubscribed. */
    Subscription attach() {
        journal.entries().addListener(onChange);
        Subscription current = datazones.currentProperty().subscribe(this::watch);
        return () -> {
            current.unsubscribe();
            watched.unsubscribe();
            journal.entries().removeListener(onChange);
        };
    }

    private void watch(Datazone datazone) {
        watched.unsubscribe();
        datazone.sessions().addListener(onChange);
        datazone.volumes().addListener(onChange);
        datazone.meProperty().addListener(onChange);
        datazone.connectionProperty().addListener(onChange);
        datazone.catalogueProperty().addListener(onChange);
        watched = () -> {
            datazone.sessions().removeListener(onChange);
            datazone.volumes().removeListener(onChange);
            datazone.meProperty().removeListener(onChange);
            datazone.connectionProperty().removeListener(onChange);
            datazone.catalogueProperty().removeListener(onChange);
        };
        onChange.invalidated(datazone.meProperty());
    }

    /** Counts every change of anything shown. */
    ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    Datazone datazone() {
        return datazones.currentProperty().get();
    }

    /** Null until it was read. */
    @Nullable
    QuotaUse quota() {
        Me me = datazone().meProperty().get();
        return me == null ? null : me.quota();
    }

    /** Those that can be used first, then those that come, then those that need a decision; newest first. */
    List<Session> sessions() {
        return datazone().sessions().stream()
                .sorted(Comparator.comparingInt((Session session) -> rank(session.state()))
                        .thenComparing(Session::createdAt, Comparator.reverseOrder()))
                .toList();
    }

    private static int rank(SessionState state) {
        if (state instanceof SessionState.Ready) {
            return 0;
        }
        if (state instanceof SessionState.Starting || state instanceof SessionState.Pending) {
            return 1;
        }
        if (state instanceof SessionState.Failed) {
            return 2;
        }
        return state instanceof SessionState.Paused ? 3 : 4;
    }

    /** Since when and why the datazone cannot be reached. */
    Optional<Connection.Offline> offline() {
        return datazone().connectionProperty().get() instanceof Connection.Offline offline
                ? Optional.of(offline)
                : Optional.empty();
    }

    /** Whether the list of sessions has not been read yet. */
    boolean isLoading() {
        return datazone().connectionProperty().get() instanceof Connection.Connecting
                && datazone().sessions().isEmpty();
    }

    /** Whether the datazone has not answered since the app started, so that nobody knows what runs there. */
    boolean isUnknown() {
        return offline().isPresent() && datazone().meProperty().get() == null;
    }

    /** What happened to this datazone's sessions lately, newest first. */
    List<SessionNews> news() {
        return journal.entries().stream()
                .filter(news -> news.datazone() == datazone())
                .limit(MOST_NEWS)
                .toList();
    }
}
