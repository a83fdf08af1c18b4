/**
 * Measures how a desktop datalab is shown: frames, CPU and the time from key to pixel, in the app's view and in Chromium
 * with noVNC, side by side on one X server. Each program here runs in a process of its own.
 */
@NullMarked
package org.datalabs.bench.desktop;

import org.jspecify.annotations.NullMarked;
