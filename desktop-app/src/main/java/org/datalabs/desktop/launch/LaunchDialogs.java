package org.datalabs.desktop.launch;

import org.datalabs.core.problem.Problem;

/** Where launches meet the user. JavaFX thread only. */
interface LaunchDialogs {
    void wizard(LaunchWizardViewModel wizard);

    void stopOne(StopOneViewModel choice);

    /** Says why a launch without a dialog did not come about. */
    void refused(String datalabName, Problem problem);

    void close();
}
