/**
 * Faults that the service must survive on a real cluster: real processes of the service over a real PostgreSQL, killed,
 * cut off and starved, and after each the one check of {@link org.datalabs.backend.faults.Settled}. Each test class owns an
 * {@link org.datalabs.backend.faults.Installation}, which owns everything else.
 */
@NullMarked
package org.datalabs.backend.faults;

import org.jspecify.annotations.NullMarked;
