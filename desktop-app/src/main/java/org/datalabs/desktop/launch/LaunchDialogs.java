package org.datalabs.desktop.launch;

import org.datalabs.core.problem.Problem;
import org.datalabs.core.session.Session;

/** Where launches meet the user. JavaFX thread only. */
interface LaunchDialogs {
    void wizard(LaunchWizardViewModel wizard);

    void stopOne(StopOneViewModel choice);

    /** Says why a launch without a dialog did not come about. */
    void refused(String datalabName, Problem problem);

    /** Says that a launch whose tab was not opened is under way; {@code show} opens it. */
    void started(Session session, Runnable show);

    void close();
}
