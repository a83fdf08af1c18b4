package org.datalabs.desktop.app;

import java.util.function.Supplier;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.session.SessionFeature;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.view.Screen;
import org.jspecify.annotations.Nullable;

/** Makes the tabs of running datalabs when the first is opened: the catalogue need not wait for them at the start. */
final class LateSessions implements SessionPort {
    private final Supplier<SessionFeature> maker;
    private @Nullable SessionFeature made;

    LateSessions(Supplier<SessionFeature> maker) {
        this.maker = maker;
    }

    @Override
    public void open(SessionId session) {
        feature().open(session);
    }

    @Override
    public void openLog(SessionId session) {
        feature().openLog(session);
    }

    Screen screen() {
        return feature().screen();
    }

    private SessionFeature feature() {
        SessionFeature feature = made;
        if (feature == null) {
            feature = maker.get();
            made = feature;
        }
        return feature;
    }
}
