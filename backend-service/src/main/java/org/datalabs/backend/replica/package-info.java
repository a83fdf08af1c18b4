/**
 * The replicas of the service over one database: which of them live, and how they share the work. The store owns the list,
 * judged by the database's own clock; each replica owns its view of it, which it stops trusting before others stop trusting
 * the replica. There is no leader. One thread beats; everything else answers from memory.
 */
@NullMarked
package org.datalabs.backend.replica;

import org.jspecify.annotations.NullMarked;
