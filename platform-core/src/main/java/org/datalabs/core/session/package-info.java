/**
 * Running datalabs: what a session is, the states of its life, what it uses. The store of a datazone owns a session's
 * state; these are its immutable snapshots.
 */
@NullMarked
package org.datalabs.core.session;

import org.jspecify.annotations.NullMarked;
