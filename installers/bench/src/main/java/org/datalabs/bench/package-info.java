/**
 * Measures the programs side by side with their yardsticks on the same machine, and prints ratios.
 *
 * <p>Every measurement owns the processes that it starts, and ends them.
 */
@NullMarked
package org.datalabs.bench;

import org.jspecify.annotations.NullMarked;
