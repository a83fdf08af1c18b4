/**
 * Measures launches: from the request to the datalab's process, and from the datalab's first answer to the news of it.
 * Watchers run in threads of their own and hold what they saw until asked.
 */
@NullMarked
package org.datalabs.bench.launch;

import org.jspecify.annotations.NullMarked;
