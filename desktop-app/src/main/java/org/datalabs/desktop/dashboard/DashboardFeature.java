package org.datalabs.desktop.dashboard;

import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.running.SessionJournal;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.view.Screen;
import org.datalabs.desktop.view.ScreenContext;

/** Puts the dashboard together; for the composition root. */
public final class DashboardFeature {
    private DashboardFeature() {}

    public static Screen create(
            ScreenContext context,
            LaunchPort launches,
            SessionPort tabs,
            SessionCommands commands,
            SessionJournal journal) {
        DashboardViewModel dashboard = new DashboardViewModel(context.datazones(), journal);
        return new DashboardView(context, dashboard, launches, tabs, commands);
    }
}
