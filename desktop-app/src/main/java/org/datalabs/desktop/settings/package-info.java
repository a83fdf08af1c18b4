/**
 * The user's settings: how the app looks and moves, its datazones, and where its state is. {@link
 * org.datalabs.desktop.settings.SettingsFile} owns the file; datazones keep themselves. Files are written on the
 * executor that the composition gives, everything else is the JavaFX thread's.
 */
@NullMarked
package org.datalabs.desktop.settings;

import org.jspecify.annotations.NullMarked;
