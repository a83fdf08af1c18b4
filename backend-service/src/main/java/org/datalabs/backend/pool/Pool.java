package org.datalabs.backend.pool;

import org.datalabs.core.launch.LaunchPlan;

/**
 * A pool to be kept.
 *
 * @param plan what its sessions are; name and lifetime are the platform's own
 * @param ready how many are kept ready
 */
public record Pool(LaunchPlan plan, int ready) {}
