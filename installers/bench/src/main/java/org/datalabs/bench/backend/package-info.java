/** Measures the start and the memory of the backend beside a server that does nothing. */
@NullMarked
package org.datalabs.bench.backend;

import org.jspecify.annotations.NullMarked;
