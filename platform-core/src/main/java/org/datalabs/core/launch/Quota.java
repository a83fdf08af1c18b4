package org.datalabs.core.launch;

import org.datalabs.core.catalogue.Resources;

/**
 * What one user may hold at once.
 *
 * @param sessions number of sessions
 * @param resources sum over all sessions
 */
public record Quota(int sessions, Resources resources) {
    /** Sessions a user may hold unless the operator says otherwise. */
    public static final int DEFAULT_SESSIONS = 5;
}
