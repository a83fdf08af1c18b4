/**
 * The dashboard: what of the quota is in use, a card per session, the journal of this run, the history. Owns nothing but
 * its nodes; sessions belong to their datazone, news to the journal. JavaFX thread only.
 */
@NullMarked
package org.datalabs.desktop.dashboard;

import org.jspecify.annotations.NullMarked;
