package org.datalabs.core.launch;

import org.datalabs.core.catalogue.Resources;

/**
 * A quota and what is used of it.
 *
 * @param quota the limits
 * @param sessions sessions that hold quota
 * @param used sum of their resources
 */
public record QuotaUse(Quota quota, int sessions, Resources used) {
    public Resources left() {
        return quota.resources().minus(used);
    }

    public int sessionsLeft() {
        return Math.max(0, quota.sessions() - sessions);
    }
}
