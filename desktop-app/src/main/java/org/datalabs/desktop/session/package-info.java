/**
 * Running datalabs in tabs: the tabs, their toolbar, drawers and overlays. Published is {@link
 * org.datalabs.desktop.session.SessionPort}. Owns which tabs are open; a tab's engine lives from its first showing until
 * the tab closes, the datalab itself goes on. JavaFX thread only.
 */
@NullMarked
package org.datalabs.desktop.session;

import org.jspecify.annotations.NullMarked;
