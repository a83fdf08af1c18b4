/**
 * Named background work that can be cancelled and whose late results are dropped. Work runs on an executor given by the
 * composition; results, and the list of what runs, belong to the thread of the second executor, in the app the JavaFX
 * thread.
 */
@NullMarked
package org.datalabs.desktop.task;

import org.jspecify.annotations.NullMarked;
