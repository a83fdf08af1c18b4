package org.datalabs.backend.server;

import org.datalabs.backend.session.QuotaPolicy;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.identity.UserId;
import org.datalabs.core.launch.Quota;

/**
 * The quota on a machine that its user has to themselves: what the machine has, but at least two cores and 4 GB per
 * session. Limits of sessions are ceilings and nothing is set aside for them, so several may share what one is allowed,
 * and a small machine can still run as many datalabs as the quota counts, slowly.
 */
final class MachineQuota implements QuotaPolicy {
    private static final int CORES_EACH = 2;
    private static final int GB_EACH = 4;

    private final Quota quota;

    MachineQuota(int sessions, Resources total) {
        Resources least = Resources.of(CORES_EACH * sessions, GB_EACH * sessions);
        this.quota = new Quota(
                sessions,
                new Resources(
                        Math.max(total.cpuMillis(), least.cpuMillis()),
                        Math.max(total.memoryBytes(), least.memoryBytes()),
                        total.gpus()));
    }

    @Override
    public Quota of(UserId user) {
        return quota;
    }
}
