/**
 * The datazones the user can reach, each as live state that screens bind to and commands that screens give. It owns the
 * connections, the embedded datazone's process, and the catalogue kept for offline use. All properties and lists change
 * on the JavaFX thread only; commands may be given from it and never block it.
 */
@NullMarked
package org.datalabs.desktop.datazone;

import org.jspecify.annotations.NullMarked;
