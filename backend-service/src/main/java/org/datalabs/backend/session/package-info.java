/**
 * The life of sessions: launch, reconciliation towards what their owners want, and the routes for it. The store owns the
 * desired state and the state told to clients; the reconciler is the only writer of the latter. Decisions are pure; work
 * runs on the reconciler's own workers.
 */
@NullMarked
package org.datalabs.backend.session;

import org.jspecify.annotations.NullMarked;
