/**
 * Data volumes and where they appear inside a session. The mount rules are pure and shared: the wizard refuses at once
 * what the backend would refuse. Immutable values.
 */
@NullMarked
package org.datalabs.core.volume;

import org.jspecify.annotations.NullMarked;
