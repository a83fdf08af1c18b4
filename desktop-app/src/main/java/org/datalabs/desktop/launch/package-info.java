/**
 * From a datalab in the catalogue to a session: the wizard, and launches that need none. Published is {@link
 * org.datalabs.desktop.launch.LaunchPort}; a wizard owns the choices made in it until it is closed. JavaFX thread only;
 * what takes time is done by the datazone.
 */
@NullMarked
package org.datalabs.desktop.launch;

import org.jspecify.annotations.NullMarked;
