package org.datalabs.core.session;

/** What the owner wants of a session. */
public enum Desired {
    RUNNING,
    PAUSED,
    DESTROYED
}
