/**
 * Who calls: the single user of a machine, or the listed users of a cluster, each proved by a bearer token. A list is read
 * again when its file changes, on a thread of its own; everything else is immutable and thread-safe.
 */
@NullMarked
package org.datalabs.backend.identity;

import org.jspecify.annotations.NullMarked;
