/**
 * What several screens say and do about running datalabs: news of their lives, words, start steps, failures, logs and
 * commands. Owns the journal of this run's news; the sessions themselves belong to their datazones. JavaFX thread only.
 */
@NullMarked
package org.datalabs.desktop.running;

import org.jspecify.annotations.NullMarked;
