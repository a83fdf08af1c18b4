package org.datalabs.desktop.running;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import org.datalabs.core.api.DatazoneInfo;
import org.datalabs.core.session.IdleRule;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.Connection;
import org.datalabs.desktop.datazone.Datazone;

/**
 * Compares what a datazone says of its sessions with what it said before. What it finds there at first is no news, and
 * neither is a list that empties because the datazone is out of reach.
 */
final class SessionWatch {
    /** How long before its end a session's end is news. */
    static final Duration SOON = Duration.ofMinutes(10);

    private final Datazone datazone;
    private final ObservableValue<Instant> now;
    private final Consumer<SessionNews> onNews;
    private final Map<SessionId, Session> known = new HashMap<>();
    private final Set<Warning> warned = new HashSet<>();
    private final ListChangeListener<Session> onSessions = change -> look();
    private final ChangeListener<Instant> onTick = (property, before, after) -> warn();
    private final Instant begun;

    private record Warning(SessionNews.What what, SessionId session) {}

    SessionWatch(Datazone datazone, ObservableValue<Instant> now, Consumer<SessionNews> onNews) {
        this.datazone = datazone;
        this.now = now;
        this.onNews = onNews;
        begun = now.getValue();
        datazone.sessions().forEach(session -> known.put(session.id(), session));
        datazone.sessions().addListener(onSessions);
        now.addListener(onTick);
    }

    void stop() {
        datazone.sessions().removeListener(onSessions);
        now.removeListener(onTick);
    }

    private void look() {
        Map<SessionId, Session> seen = new HashMap<>();
        datazone.sessions().forEach(session -> seen.put(session.id(), session));
        if (!(datazone.connectionProperty().get() instanceof Connection.Online) && seen.isEmpty()) {
            return;
        }
        Map<SessionId, Session> before = Map.copyOf(known);
        known.clear();
        known.putAll(seen);
        seen.values().forEach(session -> {
            Session old = before.get(session.id());
            if (old != null || session.createdAt().isAfter(begun)) {
                SessionNews.between(old, session).ifPresent(what -> tell(what, session));
            }
        });
        before.values().stream()
                .filter(session -> !seen.containsKey(session.id()))
                .forEach(session -> SessionNews.between(session, null).ifPresent(what -> tell(what, session)));
        warn();
    }

    private void warn() {
        Instant soon = now.getValue().plus(SOON);
        Set<Warning> due = new HashSet<>();
        for (Session session : known.values()) {
            if (!(session.state() instanceof SessionState.Ready)) {
                continue;
            }
            if (session.endsAt().isBefore(soon)) {
                due.add(new Warning(SessionNews.What.ENDS_SOON, session.id()));
            } else if (idle().filter(idle -> IdleRule.pausesAt(session, idle).isBefore(soon))
                    .isPresent()) {
                due.add(new Warning(SessionNews.What.PAUSES_SOON, session.id()));
            }
        }
        warned.retainAll(due);
        for (Warning warning : due) {
            Session session = known.get(warning.session());
            if (warned.add(warning) && session != null) {
                tell(warning.what(), session);
            }
        }
    }

    private Optional<Duration> idle() {
        return Optional.ofNullable(datazone.infoProperty().get())
                .map(DatazoneInfo::idleMinutes)
                .map(Duration::ofMinutes);
    }

    private void tell(SessionNews.What what, Session session) {
        onNews.accept(new SessionNews(what, datazone, session, now.getValue()));
    }
}
