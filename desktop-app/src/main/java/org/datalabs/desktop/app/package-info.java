/**
 * The composition of the app: entry point, wiring, shell and navigation. No other package of the app names this one.
 *
 * <p>Owns the windows and the state of the navigation; both belong to the JavaFX application thread.
 * Every datazone, the embedded one too, is reached over the same HTTP API.
 */
@NullMarked
package org.datalabs.desktop.app;

import org.jspecify.annotations.NullMarked;
