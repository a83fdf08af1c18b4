package org.datalabs.desktop.session;

import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.datalabs.core.session.Session;
import org.datalabs.core.session.SessionId;
import org.datalabs.core.session.SessionState;
import org.datalabs.desktop.datazone.Datazone;
import org.jspecify.annotations.Nullable;

/** One tab: a session of a datazone, and what of it is to be shown. */
final class SessionTabViewModel {
    /** What a tab shows. */
    enum Face {
        /** The datazone has not told of the session yet. */
        UNKNOWN,
        COMING,
        INSIDE,
        PAUSED,
        STOPPING,
        FAILED,
        ENDED
    }

    private final Datazone datazone;
    private final SessionId id;
    private final ReadOnlyObjectWrapper<@Nullable Session> session = new ReadOnlyObjectWrapper<>(this, "session");
    private final ReadOnlyObjectWrapper<Face> face = new ReadOnlyObjectWrapper<>(this, "face", Face.UNKNOWN);
    private final InvalidationListener onSessions = observable -> look();

    SessionTabViewModel(Datazone datazone, SessionId id) {
        this.datazone = datazone;
        this.id = id;
        datazone.sessions().addListener(onSessions);
        look();
    }

    void close() {
        datazone.sessions().removeListener(onSessions);
    }

    Datazone datazone() {
        return datazone;
    }

    SessionId id() {
        return id;
    }

    /** The session as it was last seen, or null before the first sight. */
    ReadOnlyObjectProperty<@Nullable Session> sessionProperty() {
        return session.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    private void look() {
        Optional<Session> seen = datazone.sessions().stream()
                .filter(other -> other.id().equals(id))
                .findFirst();
        seen.ifPresent(session::set);
        face.set(seen.map(now -> face(now.state())).orElse(session.get() == null ? Face.UNKNOWN : Face.ENDED));
    }

    private static Face face(SessionState state) {
        if (state instanceof SessionState.Ready) {
            return Face.INSIDE;
        }
        if (state instanceof SessionState.Pending || state instanceof SessionState.Starting) {
            return Face.COMING;
        }
        if (state instanceof SessionState.Paused) {
            return Face.PAUSED;
        }
        if (state instanceof SessionState.Stopping) {
            return Face.STOPPING;
        }
        return state instanceof SessionState.Failed ? Face.FAILED : Face.ENDED;
    }
}
