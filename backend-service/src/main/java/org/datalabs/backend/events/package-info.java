/**
 * News to clients: kept events from the store and passing usage samples, sent as server-sent events. The store owns the
 * kept ones; the hub owns the open subscriptions and touches them on its own single thread.
 */
@NullMarked
package org.datalabs.backend.events;

import org.jspecify.annotations.NullMarked;
