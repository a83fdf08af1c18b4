/**
 * The one HTTP front of the service: listener, guards, route table, authentication, bounds and problem answers. Features
 * bring their routes as values; the data plane brings its own router part. Guards and matching run on event loops, route
 * handlers on a bounded pool of workers where they may block. Owns no state but the listener.
 */
@NullMarked
package org.datalabs.backend.http;

import org.jspecify.annotations.NullMarked;
