package org.datalabs.backend.store;

/**
 * What a pool of connections is doing.
 *
 * @param active connections in use
 * @param idle connections that wait for use
 * @param waiting threads that wait for a connection
 * @param most most connections that it opens
 */
public record PoolUse(int active, int idle, int waiting, int most) {}
