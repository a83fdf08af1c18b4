/** Measures the search per keystroke and the scrolling of the grid on generated catalogues. One thread. */
@NullMarked
package org.datalabs.bench.search;

import org.jspecify.annotations.NullMarked;
