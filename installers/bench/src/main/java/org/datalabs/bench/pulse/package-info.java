/**
 * Measures how long the user interface's thread keeps others waiting while ten desktop datalabs stream. The monitor has a
 * thread of its own, inside the app's process; the product knows nothing of it.
 */
@NullMarked
package org.datalabs.bench.pulse;

import org.jspecify.annotations.NullMarked;
