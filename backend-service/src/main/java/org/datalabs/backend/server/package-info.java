/**
 * The program: its entry point, its configuration and the wiring of every other package of the backend.
 * It is a cluster's service and, as a child process of the app on a loopback port, the datazone "This computer".
 *
 * <p>Owns the life of the process: what starts first, what is closed last. Everything it builds is handed on by constructor.
 */
@NullMarked
package org.datalabs.backend.server;

import org.jspecify.annotations.NullMarked;
