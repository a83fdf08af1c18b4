package org.datalabs.core.launch;

import java.util.List;
import org.datalabs.core.catalogue.Resources;

/**
 * What a datazone could start now.
 *
 * @param rooms one for each machine that takes sessions; in no order that means anything
 */
public record Capacity(List<Room> rooms) {
    public Capacity {
        rooms = List.copyOf(rooms);
    }

    /**
     * What one machine has for sessions.
     *
     * @param free what is not set aside for anything
     * @param total what it could set aside when it ran nothing else
     */
    public record Room(Resources free, Resources total) {}
}
