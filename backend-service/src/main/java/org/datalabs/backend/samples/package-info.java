/**
 * The volume {@code Samples}: real data that installed packages bring along, so that a fresh installation has something
 * to look at. The state folder's {@code volumes/samples} belongs to this package and holds copies only. Thread-safe.
 */
@NullMarked
package org.datalabs.backend.samples;

import org.jspecify.annotations.NullMarked;
