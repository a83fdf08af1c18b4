package org.datalabs.desktop.launch;

import org.datalabs.core.catalogue.DatalabId;
import org.datalabs.core.launch.LaunchRequest;
import org.datalabs.core.session.Session;

/**
 * Launches on the current datazone. A refusal is shown to the user where the launch was asked for; when the quota of
 * sessions is used up, the user is offered to stop one. JavaFX thread only; returns at once.
 */
public interface LaunchPort {

    /** Launches at once with the maintainer's settings, what a card's play button does, and opens the session's tab. */
    void run(DatalabId datalab);

    /** As {@link #run(DatalabId)} with settings; what they leave open is the maintainer's. */
    void run(LaunchRequest settings);

    /** Opens the wizard with the maintainer's settings filled in. */
    void choose(DatalabId datalab);

    /** Opens the wizard with {@code settings} filled in; what they leave open is the maintainer's. */
    void choose(LaunchRequest settings);

    /** Launches at once what {@code session} was, under the same name and with the same choices; opens no tab. */
    void runAgain(Session session);

    /** As {@link #runAgain}, with more memory where the datalab takes more. */
    void runAgainWithMoreMemory(Session session);

    /** The memory, in bytes, that {@link #runAgainWithMoreMemory} would give; 0 when the datalab takes no more. */
    long moreMemory(Session session);
}
