package org.datalabs.backend.replica;

import java.time.Duration;
import java.util.Set;

/** Keeps the list of replicas by the database's clock. Blocks; thread-safe. */
public interface ReplicaStore extends AutoCloseable {

    /**
     * Notes that a replica lives now, telling the others when it is new.
     *
     * @param life how long after its last beat a replica still counts as living
     * @return all that live, the given one included
     */
    Set<ReplicaId> beat(ReplicaId self, Duration life);

    /** Removes a replica and tells the others. */
    void leave(ReplicaId self);

    @Override
    void close();
}
