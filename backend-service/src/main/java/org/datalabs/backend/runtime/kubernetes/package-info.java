/**
 * The engine of clusters: each session is one pod with its secret, service and network policy, made by pure functions
 * from the launch plan. What exists is known from watches that are checked by time; what an object says is read by pure
 * functions. The cluster's API server owns all state; replicas share it and meet through object names and uids. Requests
 * run on a small pool of this engine's own threads; answers about sessions come from memory.
 */
@NullMarked
package org.datalabs.backend.runtime.kubernetes;

import org.jspecify.annotations.NullMarked;
