/**
 * The port behind which sessions run. The reconciler knows only this package; adapters live in packages of their own.
 * Adapters own what really runs and tell of it by observations; they never touch the store. All methods may be called
 * from any thread and must not block for longer than a local system call.
 */
@NullMarked
package org.datalabs.backend.runtime;

import org.jspecify.annotations.NullMarked;
