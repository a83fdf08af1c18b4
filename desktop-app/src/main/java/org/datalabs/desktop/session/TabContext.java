package org.datalabs.desktop.session;

import org.datalabs.desktop.launch.LaunchPort;
import org.datalabs.desktop.running.SessionCommands;
import org.datalabs.desktop.view.ScreenContext;

/** What the parts of a tab need. */
record TabContext(ScreenContext shell, Engines engines, LaunchPort launches, SessionCommands commands) {}
