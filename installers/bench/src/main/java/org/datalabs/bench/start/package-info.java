/**
 * Measures the time from a process to a catalogue that can be used. The probe runs inside the app's process and watches its
 * scene from the outside, on the JavaFX thread; the product knows nothing of it.
 */
@NullMarked
package org.datalabs.bench.start;

import org.jspecify.annotations.NullMarked;
