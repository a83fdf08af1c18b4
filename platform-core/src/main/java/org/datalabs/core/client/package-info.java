/**
 * The client of a datazone's API on {@code java.net.http}: time-outs, retries of what is safe to repeat, and
 * server-sent events that resume. Calls block and belong on a background thread; the classes are thread-safe.
 */
@NullMarked
package org.datalabs.core.client;

import org.jspecify.annotations.NullMarked;
