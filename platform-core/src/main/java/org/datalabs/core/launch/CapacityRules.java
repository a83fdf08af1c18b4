package org.datalabs.core.launch;

import org.datalabs.core.catalogue.Resources;

/** Foretells from a datazone's capacity how a launch would go. A forecast only: it refuses nothing. Pure. */
public final class CapacityRules {
    private CapacityRules() {}

    /** How a launch would go. */
    public enum Outlook {
        /** A machine has room for it. */
        STARTS_NOW,
        /** A machine would have room for it when others have ended. */
        WAITS,
        /** No machine is large enough. */
        NEVER
    }

    /** The outlook of a launch that wants {@code wanted}. */
    public static Outlook outlook(Resources wanted, Capacity capacity) {
        if (capacity.rooms().stream().anyMatch(room -> wanted.fitsIn(room.free()))) {
            return Outlook.STARTS_NOW;
        }
        return capacity.rooms().stream().anyMatch(room -> wanted.fitsIn(room.total())) ? Outlook.WAITS : Outlook.NEVER;
    }
}
