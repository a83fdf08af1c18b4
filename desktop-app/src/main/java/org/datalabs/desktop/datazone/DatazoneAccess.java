package org.datalabs.desktop.datazone;

import org.datalabs.core.problem.Problem;

/** The way to a datazone. Used by the thread of its connection; {@link #close()} by any. */
interface DatazoneAccess extends AutoCloseable {

    /** What is done when it is opened, a few words. */
    String opening();

    /**
     * Where the datazone is; starts it when that is the app's job and it does not run. Blocks.
     *
     * @throws org.datalabs.core.problem.ProblemException when it cannot be started
     */
    Endpoint open() throws InterruptedException;

    /** Notes that the datazone answered just now. */
    void answered();

    /** A better word than {@code observed} for why the datazone does not answer, or {@code observed} itself. */
    Problem explain(Problem observed) throws InterruptedException;

    /** Whether what {@link #open()} told is no longer true, so that it has to be asked again. */
    boolean isGone();

    @Override
    void close();
}
