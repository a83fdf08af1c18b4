package org.datalabs.core.session;

import java.time.Instant;

/**
 * What a session used at one moment.
 *
 * @param session which session
 * @param at end of the measured interval
 * @param cpuMillis mean use over the interval, in thousandths of a core
 * @param memoryBytes resident memory of all its processes
 */
public record UsageSample(SessionId session, Instant at, int cpuMillis, long memoryBytes) {}
