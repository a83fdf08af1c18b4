/**
 * The wire between clients and a datazone: paths, JSON, events. Both ends compile against it; nothing else defines the
 * format. Immutable values.
 */
@NullMarked
package org.datalabs.core.api;

import org.jspecify.annotations.NullMarked;
