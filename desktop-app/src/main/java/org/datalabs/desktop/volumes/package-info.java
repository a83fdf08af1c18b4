/**
 * The screen of data volumes, and the form by which a folder becomes one. Owns nothing but its nodes; volumes belong to
 * their datazone. JavaFX thread only.
 */
@NullMarked
package org.datalabs.desktop.volumes;

import org.jspecify.annotations.NullMarked;
