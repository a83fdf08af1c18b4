/**
 * Who calls: the single user of a machine who proves to be them by a bearer token. Immutable after start; thread-safe.
 */
@NullMarked
package org.datalabs.backend.identity;

import org.jspecify.annotations.NullMarked;
