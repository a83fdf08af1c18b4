/**
 * Warm pools: sessions that are started before anybody asks for them, and become whoever's launch asks for just them. The
 * store owns them, as sessions of the platform's own; the operator's settings say how many of what. Each datalab's pool is
 * kept by one replica, by one thread; launches ask from memory, and the store decides who gets which.
 */
@NullMarked
package org.datalabs.backend.pool;

import org.jspecify.annotations.NullMarked;
