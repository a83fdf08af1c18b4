package org.datalabs.desktop.session;

import java.nio.file.Path;
import org.datalabs.core.session.SessionId;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.session.link.SessionEnvironment;
import org.datalabs.desktop.view.Place;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.view.ScreenContext;

/** Puts the tabs of running datalabs together; for the composition root. */
public final class SessionFeature implements SessionPort {
    private final ScreenContext context;
    private final SessionsView view;

    /** @param downloads folder in which files that sessions offer are saved */
    public SessionFeature(
            ScreenContext context,
            LaunchPort launches,
            SessionCommands commands,
            SessionEnvironment environment,
            Path downloads) {
        this(context, launches, commands, engines(context, environment, downloads));
    }

    SessionFeature(ScreenContext context, LaunchPort launches, SessionCommands commands, Engines engines) {
        this.context = context;
        view = new SessionsView(
                new SessionTabsViewModel(context.datazones(), context.navigator()),
                new TabContext(context, engines, launches, commands));
    }

    private static Engines engines(ScreenContext context, SessionEnvironment environment, Path folder) {
        Downloads downloads = new Downloads(folder, context.toasts());
        return new LiveEngines(
                environment, new ModalPageDialogs(context.dialogs()), downloads::save, context.browser()::open);
    }

    public Screen screen() {
        return view;
    }

    @Override
    public void open(SessionId session) {
        context.navigator().open(new Place.Running(session));
    }

    @Override
    public void openLog(SessionId session) {
        view.wantLog(session);
        open(session);
    }
}
