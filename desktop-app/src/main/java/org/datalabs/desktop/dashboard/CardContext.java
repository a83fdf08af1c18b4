package org.datalabs.desktop.dashboard;

import org.datalabs.desktop.datazone.Datazone;
import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.session.SessionPort;
import org.datalabs.desktop.view.ScreenContext;

/** What the cards of one datazone's sessions need. */
record CardContext(
        ScreenContext shell, Datazone datazone, SessionCommands commands, LaunchPort launches, SessionPort tabs) {}
