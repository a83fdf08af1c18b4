package org.datalabs.desktop.control;

import org.datalabs.core.session.SessionState;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.octicons.Octicons;

/** How a state of a session is shown: always icon, word and colour. The name in lower case is the style class. */
public enum SessionLook {
    RUNNING(Octicons.DOT_FILL_16),
    STARTING(Octicons.SYNC_16),
    WAITING(Octicons.HOURGLASS_16),
    IDLE(Octicons.MOON_16),
    FAILED(Octicons.X_CIRCLE_FILL_16),
    PAUSED(Feather.PAUSE),
    STOPPING(Octicons.SYNC_16),
    STOPPED(Octicons.SQUARE_FILL_16);

    @SuppressWarnings("ImmutableEnumChecker") // icon packs are enums
    private final Ikon icon;

    SessionLook(Ikon icon) {
        this.icon = icon;
    }

    public Ikon icon() {
        return icon;
    }

    /** Whether the icon turns. */
    public boolean turns() {
        return this == STARTING || this == STOPPING;
    }

    public static SessionLook of(SessionState state) {
        if (state instanceof SessionState.Pending) {
            return WAITING;
        } else if (state instanceof SessionState.Starting) {
            return STARTING;
        } else if (state instanceof SessionState.Ready) {
            return RUNNING;
        } else if (state instanceof SessionState.Paused) {
            return PAUSED;
        } else if (state instanceof SessionState.Stopping) {
            return STOPPING;
        }
        return state instanceof SessionState.Failed ? FAILED : STOPPED;
    }
}
