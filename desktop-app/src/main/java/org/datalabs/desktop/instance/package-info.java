/**
 * One app per state folder: the first holds a lock that the system releases with its process, a second one asks the
 * first to show its window and ends. Owns the lock and a UNIX socket beside it; listeners are called on a thread of this
 * package.
 */
@NullMarked
package org.datalabs.desktop.instance;

import org.jspecify.annotations.NullMarked;
