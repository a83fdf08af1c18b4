/**
 * Drives the real app through its real controls on real data, and keeps a picture of every step as proof.
 *
 * <p>Runs beside the JavaFX application thread and owns no state of the app; it waits for conditions, never for times.
 */
@NullMarked
package org.datalabs.tour;

import org.jspecify.annotations.NullMarked;
